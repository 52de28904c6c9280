import type { Plant } from '../check.ts';

export const importPlants: readonly Plant[] = [
  {
    check: 'import-direction',
    what: 'the kernel imports a capability',
    files: {
      'src/kernel/ids.ts': `import type { Job } from '../capabilities/jobs/index.ts';\nexport type Id = Job['id'];\n`,
      'src/capabilities/jobs/index.ts': `export interface Job { id: string }\n`,
    },
    expects: ['src/kernel/ids.ts:1'],
  },
  {
    check: 'import-direction',
    what: 'a file lies in no layer, and one reaches outside src by a dynamic import',
    files: {
      'src/loose.ts': 'export const loose = 1;\n',
      'src/app/start.ts': `export const load = () =>\n  import('../../bench/load.ts');\n`,
      'src/app/start.test.ts': `import '../../test/support/server.ts';\n`,
    },
    expects: ['src/loose.ts:1', 'src/app/start.ts:2'],
  },
  {
    check: 'part-doors',
    what: 'personas imports the store of jobs',
    files: {
      'src/capabilities/personas/find.ts': `import { a } from '../jobs/index.ts';\nimport { b } from '../jobs/contract/index.ts';\nimport { c } from '../jobs/store/job-store.ts';\n`,
      'src/capabilities/personas/find.test.ts': `import { d } from '../jobs/testing.ts';\n`,
      'src/capabilities/personas/folder-fixture.ts': `import { f } from '../jobs/testing.ts';\n`,
      'src/capabilities/personas/own.ts': `import { e } from './find.ts';\n`,
    },
    expects: ['src/capabilities/personas/find.ts:3'],
  },
  {
    check: 'no-cycles',
    what: 'two files, one of them by a type import',
    files: {
      'src/kernel/b.ts': `import { a } from './a.ts';\nexport const b = a;\n`,
      'src/kernel/a.ts': `\nimport type { b } from './b.ts';\nexport const a: typeof b = 1;\n`,
      'src/kernel/c.ts': `import { a } from './a.ts';\nexport const c = a;\n`,
    },
    expects: ['src/kernel/a.ts:2'],
  },
];
