import { matchesGlob } from 'node:path';
import type { SgNode } from '@ast-grep/napi';
import type { Evidence } from '../evidence.ts';
import { grammars } from '../families/family.ts';
import { FileDefinitions } from '../flow/definitions.ts';
import { offendingPart, passesFilters, type MatchContext } from './apply-filters.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { narrowConfig } from './narrow-config.ts';
import { isSatisfied, wordsOf } from './needed-words.ts';
import { offendingPlace, placeOfPart, placesInText, type FoundRange } from './offending-place.ts';
import { quoteLines } from './quote.ts';
import type { SourceFile } from './source-file.ts';

/**
 * The findings of these rules (all of one family) in one file, by line. The file is parsed only when a rule may
 * match by its words, and then once for all of them. `onRule` hears of every rule that the file's words admit.
 */
export function matchFile(
  file: SourceFile,
  rules: readonly CompiledRule[],
  onRule?: (rule: CompiledRule) => void,
): Evidence[] {
  const words = wordsOf(file.text);
  const candidates = rules.filter(
    (rule) => rule.configs[file.grammar] && isSatisfied(rule.needed, words) && appliesTo(rule, file),
  );
  if (candidates.length === 0) return [];
  const root = file.root();
  const lines = file.text.split(/\r?\n/);
  let definitions: FileDefinitions | undefined;
  const found = new Map<string, Evidence>();
  for (const rule of candidates) {
    onRule?.(rule);
    for (const match of root.findAll(narrowConfig(rule.configs[file.grammar]!, words, rule.neededWith))) {
      const context = {
        match,
        root,
        definitions: () => (definitions ??= new FileDefinitions(root, grammars[rule.family])),
      };
      if (!passesFilters(rule.filters, context)) continue;
      for (const place of placesOf(rule, context)) {
        const evidence = evidenceAt(rule, file.path, place, lines);
        const key = `${evidence.rule}:${rule.text.once === 'file' ? '' : evidence.line}`;
        const known = found.get(key);
        if (known === undefined || evidence.line < known.line) found.set(key, evidence);
      }
    }
  }
  return [...found.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

function appliesTo(rule: CompiledRule, { path, isTest }: SourceFile): boolean {
  if (rule.tests === 'only' ? !isTest : rule.tests === 'exclude' && isTest) return false;
  const { include, exclude } = rule.text.files ?? {};
  if (exclude?.some((glob) => matchesGlob(path, glob))) return false;
  return include === undefined || include.some((glob) => matchesGlob(path, glob));
}

/** One place, or with `at-text` each that the text of the match has of it. */
function placesOf(rule: CompiledRule, context: MatchContext): FoundRange[] {
  const inText = rule.placeInText === undefined ? [] : placesInText(context.match, rule.placeInText);
  return inText.length > 0 ? inText : [placeOf(rule, context)];
}

function placeOf({ text: { at }, filters }: CompiledRule, context: MatchContext): FoundRange {
  const named = at === undefined ? null : nodeNamed(at, context.match);
  if (named !== null) return offendingPlace(named);
  const isOneLine = context.match.range().start.line === context.match.range().end.line;
  return placeOfPart(context.match, isOneLine ? undefined : offendingPart(filters, context));
}

function nodeNamed(at: string, match: SgNode): SgNode | null {
  if (at.startsWith('$$$')) return match.getMultipleMatches(at.slice(3)).find((n) => n.isNamed()) ?? null;
  return match.getMatch(at.slice(1));
}

function evidenceAt(
  { text, trade }: CompiledRule,
  path: string,
  range: FoundRange,
  lines: readonly string[],
): Evidence {
  const line = range.start.line + 1;
  const endLine = range.end.line + 1;
  return {
    rule: text.id,
    trade,
    severity: text.severity,
    title: text.title,
    why: text.why,
    remedy: text.remedy,
    ...(text.reference === undefined ? {} : { reference: text.reference }),
    file: path,
    line,
    endLine,
    column: range.start.column + 1,
    quote: quoteLines(lines, line, endLine),
    analyzer: 'syntax',
  };
}
