import type { Check, Violation } from '../check.ts';

const banned = /(?:^|[-_./])(utils?|helpers?|managers?|common)(?=[-_./]|$)/i;

/** No path says utils, helpers, manager or common: name what the file holds. */
export const bannedNames: Check = {
  id: 'banned-names',
  find(tree) {
    const violations: Violation[] = [];
    for (const path of tree.files.keys()) {
      if (!/^(src|test|scripts|bench|web)\//.test(path)) continue;
      const word = banned.exec(path)?.[1];
      if (word !== undefined)
        violations.push({
          file: path,
          line: 1,
          message: `"${word}" says nothing; name what the file holds.`,
        });
    }
    return violations;
  },
};
