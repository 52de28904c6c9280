import type { SgNode } from '@ast-grep/napi';
import type { Evidence, Family } from '../evidence.ts';
import type { SourceFile } from '../rules/source-file.ts';
import { structureEvidence } from './structure-evidence.ts';

/** Any of these words in a called name counts as asserting: a test may assert through functions of its own. */
const asserting =
  /(?:assert|expect|should|verif|check|must|ensure|throws?|raises?|reject|snapshot|fail|error|fatal|equal|match|validate|t\.(?:is|true|false|like|not|pass|Run)|waitFor|findBy|getBy|andExpect|plan|done)\w*\s*[(.<[]|\bassert\b|\braise\b|\bthrow\b|\bwith\s+pytest\b|@Test\s*\(\s*expected/i;

interface TestForm {
  find: readonly SgNodeRule[];
  bodyOf(node: SgNode): SgNode | null;
}
type SgNodeRule = Readonly<Record<string, unknown>>;

const forms: Readonly<Record<Family, TestForm>> = {
  typescript: {
    find: [{ pattern: 'it($TITLE, $BODY)' }, { pattern: 'test($TITLE, $BODY)' }],
    bodyOf: (node) => functionBody(node.getMatch('BODY')),
  },
  python: {
    find: [{ kind: 'function_definition', has: { field: 'name', regex: '^test_' } }],
    bodyOf: functionBody,
  },
  go: {
    find: [{ kind: 'function_declaration', has: { field: 'name', regex: '^Test[A-Z_]' } }],
    bodyOf: (node) =>
      /\*testing\.T\b/.test(node.field('parameters')?.text() ?? '') ? functionBody(node) : null,
  },
  java: {
    find: [
      { kind: 'method_declaration', has: { kind: 'modifiers', regex: '@(?:Test|ParameterizedTest)\\b' } },
    ],
    bodyOf: (node) => (/@Test\s*\([^)]*expected/.test(node.text()) ? null : functionBody(node)),
  },
};

/** Tests whose body, with everything it calls by name, asserts nothing. Empty bodies count; bodies that skip do not. */
export function weakTestEvidence(file: SourceFile, family: Family): Evidence[] {
  if (!file.isTest) return [];
  const { find, bodyOf } = forms[family];
  return file
    .root()
    .findAll({ rule: { any: [...find] } })
    .flatMap((node) => {
      const body = bodyOf(node);
      if (body === null || asserting.test(body.text()) || /\b[sS]kip|\bpending\b|\btodo\b/.test(body.text()))
        return [];
      const { start } = node.range();
      const quote = node.text().split(/\r?\n/)[0]!.trim();
      const place = { file: file.path, line: start.line + 1, column: start.column + 1, quote };
      return [structureEvidence('test-without-assertion', place)];
    });
}

function functionBody(node: SgNode | null): SgNode | null {
  return node?.field('body') ?? null;
}
