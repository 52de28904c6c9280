export interface RequirementRow {
  id: string;
  isDue: boolean;
  text: string;
}

export interface Proof {
  path: string;
  /** 1-based. */
  line: number;
  title: string;
}

/** The rows of the tables in `docs/requirements.md`, in order. */
export function requirementRows(markdown: string): RequirementRow[] {
  return [...markdown.matchAll(/^\| ([ABCX]\d+) \| (now|later) \| (.+) \|$/gm)].map(([, id, due, text]) => ({
    id: id!,
    isDue: due === 'now',
    text: text!,
  }));
}

/** Tests by the ids in front of their titles; `[A4] [X4] …` proves two rows. */
export function testsByRequirement(files: readonly { path: string; text: string }[]): Map<string, Proof[]> {
  const proofs = new Map<string, Proof[]>();
  for (const { path, text } of files) {
    for (const match of text.matchAll(
      /\b(?:it|test|describe)\(\s*(['"`])((?:\[[ABCX]\d+(?:, ?[ABCX]\d+)*\]\s*)+)(.*?)\1\s*,/g,
    )) {
      const line = text.slice(0, match.index).split('\n').length;
      for (const [id] of match[2]!.matchAll(/[ABCX]\d+/g)) {
        proofs.set(id, [...(proofs.get(id) ?? []), { path, line, title: match[3]! }]);
      }
    }
  }
  return proofs;
}
