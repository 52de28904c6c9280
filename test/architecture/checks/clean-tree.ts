import type { Check, Violation } from '../check.ts';

interface Unwanted {
  pattern: RegExp;
  in: RegExp;
  message: string;
}

const everywhere = /^/;
const unwanted: readonly Unwanted[] = [
  {
    pattern: /(?<![\w.~-])\/(?:work|root|Users\/\w+)\/[\w.]|\b[A-Z]:\\Users\\\w/,
    in: /^(?!examples\/)/,
    message: 'A path of one machine; use a relative path or a temporary folder.',
  },
  {
    pattern: /"resolved":|\bregistry\.(?:npmjs|yarnpkg)\b|\bfiles\.pythonhosted\b/,
    in: everywhere,
    message: 'A registry’s address; the reader’s own configuration says where packages come from.',
  },
  { pattern: /^\s*(?:@\w+:)?registry\s*=/m, in: /(^|\/)\.npmrc$/, message: 'A registry’s address.' },
  {
    pattern: /\b(?:TODO|FIXME|HACK)\b/,
    // Packs and standards speak of such marks in other people's code.
    in: /^(src|test|scripts|bench|docs)\/(?!.*\/(packs|standards\/(universal|language))\/)/,
    message: 'An unfinished thing; finish it or leave it out.',
  },
  {
    pattern: /@ts-ignore|@ts-nocheck|\bas any\b|eslint-disable(?!-next-line [\w@/-]+)/,
    in: /^(src|test|scripts|bench)\/.*\.ts$/,
    message: 'Switches a check off for more than one line or without a name.',
  },
];

/** No machine paths, registry addresses, unfinished marks or blanket suppressions in what git tracks. */
export const cleanTree: Check = {
  id: 'clean-tree',
  find(tree) {
    const violations: Violation[] = [];
    for (const [file, text] of tree.files) {
      const rules = unwanted.filter((rule) => rule.in.test(file) && rule.pattern.test(text));
      if (rules.length === 0 || file.startsWith('test/architecture/')) continue;
      for (const [index, content] of text.split('\n').entries()) {
        const rule = rules.find(({ pattern }) => pattern.test(content));
        if (rule !== undefined) violations.push({ file, line: index + 1, message: rule.message });
      }
    }
    return violations;
  },
};
