/** A comment that asks to leave a finding out and leaves none out. */
export interface IdleComment {
  file: string;
  line: number;
  /** As the comment writes it; empty where it names none. */
  rule: string;
  problem: 'names-no-rule' | 'no-reason' | 'unknown-rule' | 'nothing-found';
}

/** What is wrong with such a comment, to be read after its place. */
export function idleBecause({ rule, problem }: IdleComment): string {
  switch (problem) {
    case 'names-no-rule':
      return 'names no rule';
    case 'no-reason':
      return `gives no reason for ${rule}`;
    case 'unknown-rule':
      return `names ${rule}, and no rule is called so`;
    case 'nothing-found':
      return `names ${rule}, which finds nothing there`;
  }
}
