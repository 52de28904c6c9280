import { isPlaceholder } from './placeholders.ts';

/** Whether a password in an address or a command is one for readers: a variable, a placeholder, the word itself. */
export function isSamplePassword(password: string): boolean {
  if (/^(?:[$%{[<(:]|(?:my)?(?:pass(?:word|wd|phrase)?|pw|pwd|secret|token|key|auth)$)/i.test(password))
    return true;
  return isPlaceholder(password) || /^(?:x+|…+|\.+|\*+)$/i.test(password) || password.includes('…');
}
