import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { countTokens } from '../../../platform/tokens/index.ts';
import { unknownChecks } from '../document/unknown-checks.ts';
import { personaToolNames } from '../document/persona-tools.ts';
import { promptTokenLimit } from '../operations/check-personas.ts';
import type { Persona } from '../persona.ts';
import { frontMatterIndexFile, frontMatterIndexOf } from '../registry/front-matter-index.ts';
import { openPersonaRegistry } from '../registry/open-persona-registry.ts';
import { builtInFolder } from '../testing.ts';
import { openFileTrustStore } from '../trust/file-trust-store.ts';

const trust = openFileTrustStore({ path: join(builtInFolder, 'no-such-file.json') });
const registry = openPersonaRegistry({ builtInFolder, trust });
const personas = await registry.list();
const core = personas.filter(({ priority }) => priority === 'core');
const specialists = personas.filter(({ priority }) => priority === 'specialist');
const namesOf = (some: readonly Persona[]) => some.map(({ name }) => name);

/** The text below a `## ` heading. */
function part(persona: Persona, heading: string): string {
  const found = persona.body.split(/^(?=## )/m).find((text) => text.startsWith(`## ${heading}\n`));
  assert.ok(found, `${persona.name} has no part "${heading}"`);
  return found;
}

describe('shipped personas', () => {
  it('are all files of the folder, without a problem', async () => {
    const files = readdirSync(builtInFolder).filter((file) => file.endsWith('.md'));
    assert.deepEqual(namesOf(personas).toSorted(), files.map((file) => file.replace(/\.md$/, '')).toSorted());
    assert.deepEqual(await registry.problems(), []);
  });

  // What was asked for; personas beside these may be added.
  it('[A8] have the seven core personas among them, each with its folder of standards', () => {
    const folders = new Map(core.map(({ name, standardDirectory }) => [name, standardDirectory]));
    for (const [name, folder] of [
      ['architect', 'architecture'],
      ['data', 'data'],
      ['engineer', 'development'],
      ['qa', 'testing'],
      ['security', 'security'],
      ['sre', 'operations'],
      ['workflow-executor', undefined],
    ] as const) {
      assert.ok(folders.has(name), name);
      assert.equal(folders.get(name), folder);
    }
  });

  it('[A20] have the seven specialists among them', () => {
    const missing = [
      'accessibility',
      'api-documentation',
      'code-review',
      'concurrency',
      'database',
      'observability',
      'performance',
    ].filter((name) => !namesOf(specialists).includes(name));
    assert.deepEqual(missing, []);
  });

  it('[A1] give the documented tool names', () => {
    assert.deepEqual(
      personas.map(({ toolName }) => toolName),
      personas.map(({ name }) => `invoke_${name.replaceAll('-', '_')}`),
    );
  });

  for (const persona of personas) {
    it(`[A8] ${persona.name} stays within ${promptTokenLimit} tokens, front matter included`, async () => {
      const file = readFileSync(join(builtInFolder, `${persona.name}.md`), 'utf8');
      const tokens = await countTokens(file);
      assert.ok(tokens <= promptTokenLimit, `${tokens} tokens`);
    });

    it(`[A8] ${persona.name} has every required part`, () => {
      assert.match(part(persona, 'Identity'), /^You are /m);
      const expertise = part(persona, 'Expertise').match(/^- /gm)?.length ?? 0;
      assert.ok(expertise >= 8 && expertise <= 12, `${expertise} areas of expertise`);
      assert.ok((part(persona, 'Review focus').match(/^\d\. /gm)?.length ?? 0) >= 5);
      part(persona, 'Left to others');
      const proof = part(persona, 'Proof');
      assert.match(proof, /unproven|not verified/);
      assert.match(proof, /run_analyzers/);
      assert.match(part(persona, 'Constraints'), /(?:[Rr]ead-only|only read|You read)/);
      assert.match(part(persona, 'Response guidelines'), /change X to Y because Z/i);
      assert.match(part(persona, 'Response guidelines'), /effort/);
    });

    it(`[A8] ${persona.name} reports findings on the one severity scale, worst first`, () => {
      const template = part(persona, 'Review template');
      const labels = [...template.matchAll(/^- (\w+): /gm)].map(([, label]) => label);
      assert.deepEqual(labels, ['critical', 'high', 'medium', 'low']);
      assert.match(template, /`report_finding`/);
      for (const heading of [
        'Assessment',
        'Strengths',
        'Concerns by severity',
        'Recommendations',
        'Worth a standard',
      ]) {
        assert.ok(template.includes(`### ${heading}\n`), heading);
      }
      const own = template.match(/^### /gm)!.length - 5;
      assert.ok(own >= 2, `${own} parts of its own`);
    });

    it(`[A8] ${persona.name} searches standards before advising and only suggests new ones`, () => {
      const standards = part(persona, 'Standards');
      assert.match(standards, /`search_standards`/);
      assert.match(standards, /file and section/);
      assert.match(standards, /two or more|two places or more/);
      assert.match(standards, /human/);
      if (persona.standardDirectory === undefined) assert.match(standards, /You own no standards folder/);
      else assert.ok(standards.includes(`.agent-os/standards/${persona.standardDirectory}/`));
    });

    it(`${persona.name} names no tool that does not exist, and no rule packs where it has none`, () => {
      const named = [...persona.body.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, name]) => name!);
      assert.deepEqual(
        named.filter((name) => !(personaToolNames as readonly string[]).includes(name)),
        [],
      );
      assert.equal(/no rule packs/.test(persona.body), persona.checks.length === 0);
    });

    it(`${persona.name} names no rule that does not exist`, async () => {
      assert.deepEqual(await unknownChecks(persona.checks), []);
    });
  }

  for (const persona of core) {
    it(`[A20] ${persona.name} recommends specialists by name`, () => {
      const others = part(persona, 'Left to others');
      const named = namesOf(specialists).filter((name) => new RegExp(`\\b${name}\\b`).test(others));
      assert.ok(named.length >= 3, `names only ${named.join(', ')}`);
    });
  }

  it('[A8] speak in their own voices: no two share a sentence', () => {
    const owners = new Map<string, string>();
    for (const { name, body } of personas) {
      for (const raw of body.split(/[.:;?!]\s|\n/)) {
        const sentence = raw.trim();
        // Headings and labels are short, and one form of advice is the same for all; voice is the rest.
        if (sentence.split(/\s+/).length < 9 || sentence.includes('Change X to Y because Z')) continue;
        const owner = owners.get(sentence);
        assert.ok(owner === undefined || owner === name, `${owner} and ${name}: "${sentence}"`);
        owners.set(sentence, name);
      }
    }
  });

  it('keep the lines that clients show short', () => {
    for (const { name, description } of personas)
      assert.ok(description.length <= 100, `${name}: ${description.length}`);
  });

  it('have an index that is up to date (npm run index-personas)', async () => {
    const files = readdirSync(builtInFolder).filter((file) => file.endsWith('.md'));
    const contents = files.map((file) => [file, readFileSync(join(builtInFolder, file))] as const);
    const written: unknown = JSON.parse(readFileSync(join(builtInFolder, frontMatterIndexFile), 'utf8'));
    assert.deepEqual(written, JSON.parse(JSON.stringify(await frontMatterIndexOf(contents))));
  });
});
