import { snippetParser } from '../families/family.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { matchFile } from './match-file.ts';
import type { Parser } from './parser.ts';
import { openSource } from './source-file.ts';

/** What is wrong with a rule's own examples; empty when each behaves as it says. */
export function checkCases(rule: CompiledRule, parser: Parser): string[] {
  const fires = (snippet: string) => firesOn(snippet, rule, [rule], parser).length > 0;
  const problems: string[] = [];
  const { model, clean } = rule.text.cases;
  for (const text of rule.text.cases.fires) if (!fires(text)) problems.push(`should fire on: ${text}`);
  for (const text of model === undefined ? clean : [model, ...clean])
    if (fires(text)) problems.push(`should stay silent on: ${text}`);
  return problems;
}

/** Ids of the rules that report a case of `rule`. */
export function firesOn(
  snippet: string,
  rule: CompiledRule,
  rules: readonly CompiledRule[],
  parser: Parser,
): string[] {
  const text = rule.family === 'go' ? wholeGoFile(snippet) : snippet;
  const source = openSource(caseFile(rule), text, snippetParser[rule.family], parser);
  return matchFile(source, rules).map((found) => found.rule);
}

/** A file name under which the rule applies. */
function caseFile({ family, tests, text }: CompiledRule): string {
  const isTest = tests === 'only';
  const name = {
    typescript: isTest ? 'case.test.ts' : 'case.ts',
    python: isTest ? 'test_case.py' : 'case.py',
  };
  const compiledName = {
    go: isTest ? 'case_test.go' : 'case.go',
    java: isTest ? 'CaseTest.java' : 'Case.java',
  };
  const plain = { ...name, ...compiledName }[family];
  const glob = text.files?.include?.[0]?.replace(/\{([^,}]*)[^}]*\}/g, '$1');
  return glob === undefined ? plain : glob.replace(/\*\*$/, plain).replace('**/', '').replaceAll('*', 'case');
}

/** Go reads bare statements at file level differently from statements in a function. */
function wholeGoFile(snippet: string): string {
  return /^(?:package|func|import|type)\b/m.test(snippet)
    ? snippet
    : `package p\nfunc f() {\n${snippet}\n}\n`;
}
