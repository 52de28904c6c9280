import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Layer, PersonaDocument } from '../persona.ts';
import { findableNames, mergeLayers } from './merge-layers.ts';

const layers: readonly Layer[] = ['built-in', 'user', 'project'];

function documentOf(
  layer: Layer,
  name: string,
  priority: 'core' | 'specialist',
  displayName: string,
): PersonaDocument {
  return {
    name,
    displayName,
    description: `${name} of ${layer}`,
    priority,
    standardDirectory: undefined,
    path: `${layer}/${name}.md`,
    body: 'x',
    contentHash: '0'.repeat(64),
    sizeBytes: 1,
    maxTurns: undefined,
    tools: undefined,
    disallowedTools: [],
    model: undefined,
    checks: [],
    frontMatter: {},
    checkPlaces: new Map(),
    unusedKeys: [],
  };
}

const layerContent = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('architect', 'dba', 'qa', 'security'),
    priority: fc.constantFrom('core' as const, 'specialist' as const),
    title: fc.constantFrom('Architect', 'Tester', 'Qa', 'Security'),
  }),
  { selector: ({ name }) => name },
);

const readings = fc.tuple(layerContent, layerContent, layerContent).map((contents) =>
  contents.map((content, at) => ({
    layer: layers[at]!,
    documents: content.map(({ name, priority, title }) => documentOf(layers[at]!, name, priority, title)),
    problems: [],
    broken: [],
    isTrusted: () => layers[at] !== 'project',
  })),
);

describe('mergeLayers', () => {
  it('[X9] takes the nearest of each name whole, loses none, and reports each replacement once', () => {
    fc.assert(
      fc.property(readings, (given) => {
        const { personas, problems } = mergeLayers(given);
        const all = given.flatMap(({ documents }) => documents);
        assert.deepEqual(new Set(personas.map(({ name }) => name)), new Set(all.map(({ name }) => name)));
        for (const persona of personas) {
          const holding = given.filter(({ documents }) =>
            documents.some(({ name }) => name === persona.name),
          );
          assert.equal(persona.layer, holding.at(-1)!.layer);
          assert.equal(persona.path, `${persona.layer}/${persona.name}.md`);
          assert.deepEqual(
            persona.replaces,
            holding
              .slice(0, -1)
              .map(({ layer }) => layer)
              .toReversed(),
          );
          assert.equal(persona.trusted, persona.layer !== 'project');
        }
        const replacements = problems.filter(({ message }) => message.startsWith('this replaces'));
        assert.equal(replacements.length, all.length - personas.length);
      }),
    );
  });

  it('[X9] tells the checks that a replacement lacks which says nothing of checks, and of no other', () => {
    const at = (layer: Layer, checks: PersonaDocument['checks'], frontMatter = {}) => ({
      layer,
      documents: [{ ...documentOf(layer, 'qa', 'core', 'Qa'), checks, frontMatter }],
      problems: [],
      broken: [],
      isTrusted: () => true,
    });
    const lacking = (...given: ReturnType<typeof at>[]) => {
      const { personas, problems } = mergeLayers(given);
      return [personas[0]!.checksReplaced, problems.at(-1)?.message];
    };
    const builtIn = at('built-in', ['testing']);
    const said = ', whole: offline reviews run no rules until "persona.checks" names some, such as [testing]';
    const replaces = (layer: Layer) => `this replaces the ${layer} persona "qa"`;
    assert.deepEqual(lacking(builtIn, at('project', [])), [['testing'], replaces('built-in') + said]);
    assert.deepEqual(lacking(builtIn, at('user', []), at('project', [])), [
      ['testing'],
      replaces('user') + said,
    ]);
    for (const checks of [['security'] as const, []])
      assert.deepEqual(lacking(builtIn, at('project', checks, { persona: { checks } })), [
        [],
        replaces('built-in'),
      ]);
  });

  it('orders core before specialists, each by name', () => {
    fc.assert(
      fc.property(readings, (given) => {
        const keys = mergeLayers(given).personas.map(({ priority, name }) => `${priority} ${name}`);
        assert.deepEqual(keys, keys.toSorted());
      }),
    );
  });

  it('finds every persona by its name, whatever titles others claim', () => {
    fc.assert(
      fc.property(readings, (given) => {
        const { personas } = mergeLayers(given);
        const found = findableNames(personas);
        for (const persona of personas) assert.equal(found.get(persona.name), persona);
      }),
    );
  });
});
