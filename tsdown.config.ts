import { cp, rm } from 'node:fs/promises';
import { defineConfig } from 'tsdown';

/** What ships beside the bundles because it is read at run time. */
const data = [
  ['src/capabilities/personas/built-in', 'dist/built-in'],
  ['src/capabilities/analyzers/packs', 'dist/packs'],
  ['src/capabilities/standards/universal', 'dist/standards/universal'],
  ['src/capabilities/standards/language', 'dist/standards/language'],
  ['src/capabilities/embeddings/built-in/model', 'dist/embeddings'],
  ['src/capabilities/search/shipped/universal.vectors', 'dist/standards/universal.vectors'],
] as const;

export default defineConfig({
  entry: {
    troupe: 'src/app/main.ts',
    'analysis-thread': 'src/capabilities/analyzers/thread/analysis-thread.ts',
    'work-thread': 'src/app/work-thread/work-thread.ts',
    'embedding-thread': 'src/capabilities/embeddings/thread/embedding-thread.ts',
    'partner-thread': 'src/capabilities/embeddings/built-in/partner-thread.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node24',
  outDir: 'dist',
  clean: true,
  dts: false,
  outExtensions: () => ({ js: '.js' }),
  treeshake: {
    // No module of ours does anything when it is loaded but those that are entries, so a start takes of a capability only
    // what its operations need: half the code, and a tenth of the time to the first answer.
    moduleSideEffects: [
      { test: /[\\/]src[\\/](?:capabilities|interfaces|platform|kernel)[\\/]/, sideEffects: false },
    ],
  },
  deps: {
    // What a start needs comes in one file each: loading the protocol's library and zod file by file costs a third
    // of the time to the first answer.
    alwaysBundle: [/^@modelcontextprotocol\//, /^(zod|uuid|yaml|picocolors|commander)(\/|$)/],
    // These are the user's to install: only teams on PostgreSQL, or with an ONNX model, need them.
    neverBundle: ['pg', '@lancedb/lancedb', 'onnxruntime-node', 'onnxruntime-web'],
  },
  hooks: {
    async 'build:done'() {
      for (const [from, to] of data) {
        await rm(to, { recursive: true, force: true });
        await cp(from, to, { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
      }
    },
  },
});
