import type { SgNode } from '@ast-grep/napi';
import type { Evidence, Family } from '../evidence.ts';
import type { SourceFile } from '../rules/source-file.ts';
import { structureEvidence } from './structure-evidence.ts';

/** Any of these words in a called name counts as asserting: a test may assert through functions of its own. */
const asserting =
  /(?:assert|expect|should|verif|check|must|ensure|throws?|raises?|reject|snapshot|fail|error|fatal|equal|match|validate|t\.(?:is|true|false|like|not|pass|Run)|waitFor|findBy|getBy|andExpect|plan|done)\w*\s*[(.<[]|\bassert\b|\bthrow\b/i;
const skipping = /\b[sS]kip|\bpending\b|\btodo\b/;

/**
 * JavaScript tests whose body asserts nothing, nor does a function of the same file that it names. Empty bodies count;
 * bodies that skip do not, and neither do tests that end in awaiting a call: that it succeeds is what they check.
 * The packs of the other families have rules of their own for this.
 */
export function weakTestEvidence(file: SourceFile, family: Family): Evidence[] {
  if (!file.isTest || family !== 'typescript') return [];
  const root = file.root();
  const tests = root.findAll({
    rule: { any: [{ pattern: 'it($TITLE, $BODY)' }, { pattern: 'test($TITLE, $BODY)' }] },
  });
  if (tests.length === 0) return [];
  const assertingFunctions = functionsThatAssert(root);
  return tests.flatMap((node) => {
    const body = node.getMatch('BODY')?.field('body');
    if (!body) return [];
    const text = body.text();
    if (asserting.test(text) || skipping.test(text) || assertingFunctions?.test(text) || endsInAwait(body))
      return [];
    const { start } = node.range();
    const quote = node.text().split(/\r?\n/)[0]!.trim();
    const place = { file: file.path, line: start.line + 1, column: start.column + 1, quote };
    return [structureEvidence('test-without-assertion', place)];
  });
}

/** Finds the name of any function of the file that asserts. */
function functionsThatAssert(root: SgNode): RegExp | undefined {
  const names = root
    .findAll({
      rule: {
        any: [
          { kind: 'function_declaration' },
          {
            kind: 'variable_declarator',
            has: { any: [{ kind: 'arrow_function' }, { kind: 'function_expression' }] },
          },
        ],
      },
    })
    .filter((node) => asserting.test(node.text()))
    .map((node) => node.field('name')?.text() ?? '')
    .filter((name) => /^\w+$/.test(name));
  return names.length === 0 ? undefined : new RegExp(`\\b(?:${names.join('|')})\\b`);
}

function endsInAwait(body: SgNode): boolean {
  const last = body.kind() === 'statement_block' ? body.namedChildren().at(-1) : body;
  return last !== undefined && /^await\b/.test(last.text());
}
