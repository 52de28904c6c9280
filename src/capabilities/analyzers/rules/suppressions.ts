import type { SgNode } from '@ast-grep/napi';
import { familyOfRule } from '../contract/index.ts';
import type { Suppression } from '../evidence.ts';
import { isInsideString } from './inside-string.ts';

/** A comment that asks to leave a finding out: on its line, or in the run of such comments right above. */
export interface IgnoreComment {
  line: number;
  /** Whether nothing else stands on its line. */
  isAlone: boolean;
  /** As it is written; empty where the comment names none. */
  rule: string;
  /** Without one, nothing is left out. */
  reason?: string;
}

/** `troupe-ignore <rule>: <reason>` in any comment; behind one without a reason, code may follow. */
const request =
  /\btroupe-ignore(?![\w-])(?:\s+(?<rule>[a-z0-9/-]+))?\s*(?::?\s*(?:\*\/|-->).*|(?::\s*(?<reason>(?!\*\/|-->)\S.*?)?)?\s*(?:\*\/\s*\}?|-->)?\s*)$/;
/** Right behind the sign of a comment: a request, and no text that speaks of such comments. */
const behindSign = /^(?<before>.*?)(?:\/\/|\/\*+|#|--|^\s*\*)\s*troupe-ignore\b/;
/** Nothing but the sign of a comment before it. */
const alone = /^\s*(?:\{?\s*\/\*+|\/\/+|\*|#+|--|<!--)?\s*troupe-ignore\b/;
const documentation = /\.(?:md|mdx|markdown|rst|adoc|txt)$/i;

/**
 * The requests of a file, by line. One without a rule or a reason counts where it surely is a comment. Where the file has
 * a tree, what stands in its strings is none.
 */
export function ignoreComments(file: string, text: string, root?: () => SgNode): IgnoreComment[] {
  if (!text.includes('troupe-ignore')) return [];
  let start = 0;
  return text.split('\n').flatMap((line, at) => {
    const lineStart = start;
    start += line.length + 1;
    const found = request.exec(line.trimEnd());
    const place = found?.index ?? line.indexOf('troupe-ignore');
    if (place < 0 || (root !== undefined && isInsideString(root(), lineStart + place))) return [];
    const { rule = '', reason } = found?.groups ?? {};
    const comment = { line: at + 1, isAlone: alone.test(line), rule };
    if (rule !== '' && reason !== undefined) return [{ ...comment, reason }];
    return isComment(line) && !documentation.test(file) ? [comment] : [];
  });
}

/** In a string, an odd number of quotes stands before the sign. */
function isComment(line: string): boolean {
  const before = behindSign.exec(line)?.groups?.['before'];
  return before !== undefined && ["'", '"', '`'].every((quote) => before.split(quote).length % 2 === 1);
}

/** Whether a comment means a rule: by its id, by the end of it, or as `<trade>/<name>`. */
export function isMeant({ rule }: Pick<IgnoreComment, 'rule'>, id: string): boolean {
  return rule !== '' && (id === rule || id.endsWith(`/${rule}`) || familyOfRule(id) === rule);
}

/**
 * Splits findings of one file into those that stand and those that a comment asks to leave out. What counts for a line is
 * the comment on it and the run right above: lines that hold a request each, on to the first that does not, or that holds
 * code as well. Of two for one rule, the nearer counts.
 */
export function applySuppressions<F extends Omit<Suppression, 'reason' | 'commentLine'>>(
  findings: readonly F[],
  comments: readonly IgnoreComment[],
): { standing: F[]; suppressed: Suppression[] } {
  const byLine = new Map(comments.map((comment) => [comment.line, comment]));
  const standing: F[] = [];
  const suppressed: Suppression[] = [];
  for (const finding of findings) {
    const { file, line, rule, severity, title, remedy, quote } = finding;
    const comment = commentsFor(line, byLine).find((one) => one.reason !== undefined && isMeant(one, rule));
    if (comment?.reason === undefined) standing.push(finding);
    else {
      const { reason, line: commentLine } = comment;
      suppressed.push({ file, line, rule, severity, title, remedy, quote, reason, commentLine });
    }
  }
  return { standing, suppressed };
}

/** The comments that count for a line, the nearest first. */
function commentsFor(line: number, byLine: ReadonlyMap<number, IgnoreComment>): IgnoreComment[] {
  const onLine = byLine.get(line);
  const found = onLine === undefined ? [] : [onLine];
  for (let above = byLine.get(line - 1); above !== undefined; above = byLine.get(above.line - 1)) {
    // Further up, one behind code is about that code.
    if (above.line < line - 1 && !above.isAlone) break;
    found.push(above);
    if (!above.isAlone) break;
  }
  return found;
}
