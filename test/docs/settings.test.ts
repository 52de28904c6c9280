import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { test } from 'node:test';
import { settingKeys } from '../../src/platform/config/index.ts';

const root = resolve(import.meta.dirname, '../..');

/** The product's sources, without tests and the settings themselves. */
const sources = globSync('src/**/*.ts', { cwd: root })
  .map((path) => path.split(sep).join('/'))
  .filter((path) => !/(\.test|\.conformance|-fixture|\/testing)\.ts$|^src\/platform\/config\//.test(path))
  .map((path) => ({ path, text: readFileSync(resolve(root, path), 'utf8') }));

test('a limit names its setting as the configuration file spells it', () => {
  const settings = [...settingKeys.values()].map(({ fileKey }) => fileKey);
  const areas = [...new Set(settings.map((key) => key.split('.')[0]!))].join('|');
  const namesOfOthers = /'([a-z_]+\.[a-z_]+)': \{|\bname: '([a-z_]+\.[a-z_]+)'/g;
  const others = sources.flatMap(({ text }) => [...text.matchAll(namesOfOthers)].map(([, a, b]) => a ?? b!));
  const known = new Set([...settings, ...others]);
  const named = new RegExp(`(?<![\\w./@-])(?:${areas})\\.[a-z]+(?:_[a-z]+)+\\b`, 'g');
  const inCamelCase = new RegExp(`['"\`](?:${areas})\\.[a-z]+[A-Z]\\w*['"\`]`, 'g');
  for (const { path, text } of sources) {
    const wrong = [...text.matchAll(named), ...text.matchAll(inCamelCase)].map(([name]) => name);
    assert.deepEqual(
      wrong.filter((name) => !known.has(name)),
      [],
      path,
    );
  }
});
