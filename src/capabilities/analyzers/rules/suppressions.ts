import { familyOfRule } from '../describe-rule.ts';
import type { Evidence, Suppression } from '../evidence.ts';

/** A comment that asks to leave a finding out, on its line or on the line above. */
export interface IgnoreComment {
  line: number;
  /** As it is written; empty where the comment names none. */
  rule: string;
  /** Without one, nothing is left out. */
  reason?: string;
}

/** `troupe-ignore <rule>: <reason>` in any comment. */
const request =
  /\btroupe-ignore(?![\w-])(?:\s+(?<rule>[a-z0-9/-]+))?\s*(?::\s*(?<reason>\S.*?)?)?\s*(?:\*\/|-->)?\s*$/;
/** Right behind the sign of a comment: a request, and no text that speaks of such comments. */
const behindSign = /^(?<before>.*?)(?:\/\/|\/\*+|#|--|^\s*\*)\s*troupe-ignore\b/;
const documentation = /\.(?:md|mdx|markdown|rst|adoc|txt)$/i;

/** The requests of a file, by line. One without a rule or a reason counts where it surely is a comment. */
export function ignoreComments(file: string, text: string): IgnoreComment[] {
  if (!text.includes('troupe-ignore')) return [];
  return text.split('\n').flatMap((line, at) => {
    const { rule = '', reason } = request.exec(line.trimEnd())?.groups ?? {};
    if (rule !== '' && reason !== undefined) return [{ line: at + 1, rule, reason }];
    return isComment(line) && !documentation.test(file) ? [{ line: at + 1, rule }] : [];
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

/** Splits findings of one file into those that stand and those that a comment asks to leave out. */
export function applySuppressions<F extends Pick<Evidence, 'file' | 'line' | 'rule' | 'severity' | 'title'>>(
  findings: readonly F[],
  comments: readonly IgnoreComment[],
): { standing: F[]; suppressed: Suppression[] } {
  const standing: F[] = [];
  const suppressed: Suppression[] = [];
  for (const finding of findings) {
    const { file, line, rule, severity, title } = finding;
    const comment = [line, line - 1]
      .map((place) => comments.find((one) => one.line === place && isMeant(one, rule)))
      .find((one) => one?.reason !== undefined);
    if (comment?.reason === undefined) standing.push(finding);
    else {
      const { reason, line: commentLine } = comment;
      suppressed.push({ file, line, rule, severity, title, reason, commentLine });
    }
  }
  return { standing, suppressed };
}
