import { privateKeyBlocks } from './private-key-blocks.ts';
import { isSamplePassword } from './sample-passwords.ts';
import type { Candidate } from './secretlint.ts';
import { tokenForms, type TokenForm } from './token-forms.ts';

const urlPassword: TokenForm = {
  kind: 'url-password',
  pattern: /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s/:@"'`<>]{0,128}:(?<secret>[^\s/@"'`]{1,256})@[\w[<${%]/dgi,
  isSecret: (secret) => !isSamplePassword(secret),
};

/** Tokens, keys and addresses with a password that no name in front of them is needed to recognise. */
export function tokenShapes(text: string): Candidate[] {
  const tokens = [...tokenForms, urlPassword].flatMap(({ kind, pattern, isSecret }) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const [from, to] = match.indices!.groups!['secret']!;
      const secret = text.slice(from, to);
      if (isMask(secret) || isSecret?.(secret) === false) return [];
      return [{ kind, start: from, end: to }];
    }),
  );
  return [...privateKeyBlocks(text), ...tokens];
}

/** Random letters can spell a short word by chance, so only plain masks count. */
function isMask(secret: string): boolean {
  return /x{5}|\*{3}|0{8}|example|placeholder|change_?me|redacted|your[-_]/i.test(secret);
}
