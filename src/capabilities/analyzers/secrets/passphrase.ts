import type { SecretNameKind } from './secret-names.ts';
import { isWordLike } from './word-like.ts';

/** Words that make a sentence or a label of what stands under a secret's name; passphrases are of other words. */
const ofProse =
  /^(?:an?|the|this|that|these|those|your?|yours|my|our|their|its?|i|we|you|they|is|are|was|were|be|been|has|have|had|do|does|did|can|could|cannot|must|may|might|will|would|should|shall|not|no|never|always|already|and|or|but|nor|if|when|while|until|then|than|else|as|of|to|in|on|at|by|for|from|with|without|into|over|under|about|after|before|between|per|via|too|so|only|also|least|most|more|less|each|every|any|all|some|none|both|please|here|there|how|what|which|who|why|where|enter|type|choose|pick|set|get|give|use|used|using|confirm|change|changed|reset|forgot|forgotten|show|hide|hidden|copy|create|update|generate|sign|log|login|logged|try|again|click|press|invalid|valid|wrong|incorrect|correctly|missing|required|optional|expired|expires|expiry|empty|blank|short|long|longer|shorter|weak|strong|minimum|maximum|min|max|length|letters?|digits?|numbers?|characters?|chars?|symbols?|days?|hours?|minutes?|seconds?|new|old|current|previous|temporary|field|value|string|text|name|names|user|username|account|email|e-mail|server|client|service|request|response|header|headers|error|failed|failure|match|matches|found|given|sent|stored|needed|de|la|le|les|el|mot|und|oder|das|der|die|ein|eine|ist|nicht|passe|pass\w+|pwd|secrets?|tokens?|keys?|credentials?|auth\w*|api|hash|hashed|salt|bearer|access|refresh|session)$/i;

/**
 * Whether a value of several words is a passphrase or has a random part, and is no sentence, label or message. Two
 * lower-case words are a passphrase under `secret` only: under `password` they are a message more often.
 */
export function isPassphrase(value: string, kind: SecretNameKind): boolean {
  const words = value.split(/[ \t]+/);
  if (kind === 'secret' && words.length <= 6 && words.every((word) => /^[a-z]+$/.test(word))) return true;
  if (words.length > 12) return false;
  if (words.some(isRandomPart)) return true;
  if (words.some((word) => ofProse.test(word.replace(/[.,:;!?)]+$/, '')))) return false;
  return kind === 'password' && words.length >= 3 && words.every((word) => /^[a-z\d]+$/.test(word));
}

/** `Tr0ub4dor&3`, `9f8e7d6c`: letters and digits mixed as no word, figure or name mixes them. */
function isRandomPart(word: string): boolean {
  const bare = word.replace(/[.,:;!?)]+$/, '');
  return bare.length >= 6 && /^[\x21-\x7e]+$/.test(bare) && /[a-z]\d+[a-z]/i.test(bare) && !isWordLike(bare);
}
