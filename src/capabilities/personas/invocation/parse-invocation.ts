import { comparable, nearestNames } from '../../../kernel/contract/index.ts';

/** What a message asks for. */
export interface Invocation {
  /** The name as given in `names`; `undefined` when the message addresses no known persona. */
  persona: string | undefined;
  /** The message without the address, trimmed; the whole message when there is none. */
  task: string;
  /**
   * The unknown name behind an `@` at the beginning, or within a sentence where it is near a known one: the caller refuses
   * it, it is no part of the task.
   */
  unknown?: string;
  /** The known name that was probably meant. */
  suggestion?: string;
}

/** The names to look for: every identifier, then every title. */
export function invocationNames(personas: readonly { name: string; displayName: string }[]): string[] {
  return [...personas.map(({ name }) => name), ...personas.map(({ displayName }) => displayName)];
}

/** `@`, a letter, then word characters. What follows must not continue a handle, a package name or a domain. */
const address = /^@([\p{L}\p{N}][\p{L}\p{N}_-]*)(?![\p{L}\p{N}_@/(\\'’-])(?!\.\S)/u;
const colonForm = /^([\p{L}\p{N}][\p{L}\p{N} _-]{0,99}):(?:\s+|$)/u;

/**
 * Finds out whether a message addresses a persona: `@security review src`, `security: review src`, or by title,
 * `@Software Architect review src`. Case does not count, and space, `_` and `-` are one. The longest name wins.
 * Without an address at the beginning the first `@name` within the sentence counts, so `can you @security review src` is
 * `can you review src` for security. `mail me@security.com` and `@scope/package` address nobody.
 * `names` are identifiers and titles; pure, and linear in the length of the text.
 */
export function parseInvocation(text: string, names: readonly string[]): Invocation {
  const message = text.trim();
  const atBeginning = addressed(message, names) ?? announced(message, names);
  if (atBeginning?.persona !== undefined || atBeginning?.unknown !== undefined) return atBeginning;
  return mentioned(message, names) ?? atBeginning ?? { persona: undefined, task: message };
}

/** Most places within a message that are looked at for a name. */
const maxMentions = 50;

/** The first known name behind an `@` within the message; else the first one that was probably meant as one. */
function mentioned(message: string, names: readonly string[]): Invocation | undefined {
  let slip: Invocation | undefined;
  for (const { index } of [...message.matchAll(/(?<=[\s(])@(?=[\p{L}\p{N}])/gu)].slice(0, maxMentions)) {
    const found = addressed(message.slice(index), names);
    if (found === undefined) continue;
    const task = `${message.slice(0, index).trimEnd()} ${found.task}`.trim();
    if (found.persona !== undefined) return { ...found, task };
    if (found.suggestion !== undefined) slip ??= { ...found, task };
  }
  return slip;
}

function addressed(message: string, names: readonly string[]): Invocation | undefined {
  if (!message.startsWith('@')) return undefined;
  let longest: { persona: string; length: number } | undefined;
  for (const persona of names) {
    const length = matchLength(message.slice(1), persona);
    if (length > (longest?.length ?? 0)) longest = { persona, length };
  }
  if (longest !== undefined) {
    return { persona: longest.persona, task: taskOf(message.slice(1 + longest.length)) };
  }
  const unknown = address.exec(message)?.[1];
  if (unknown === undefined) return undefined;
  const task = taskOf(message.slice(1 + unknown.length));
  return withSuggestion({ persona: undefined, task, unknown }, unknown, names);
}

function announced(message: string, names: readonly string[]): Invocation | undefined {
  const match = colonForm.exec(message);
  if (match === null) return undefined;
  const wanted = comparable(match[1]!);
  const persona = names.find((name) => comparable(name) === wanted);
  if (persona !== undefined) return { persona, task: message.slice(match[0].length).trim() };
  return withSuggestion({ persona: undefined, task: message }, wanted, names);
}

/** Length of `name` at the beginning of `text` when it ends there as a word; 0 when it does not. */
function matchLength(text: string, name: string): number {
  const words = comparable(name)
    .split('-')
    .filter(Boolean)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  if (words.length === 0) return 0;
  const pattern = new RegExp(`^${words.join('[\\s_-]+')}(?![\\p{L}\\p{N}_@/(\\\\'’-])(?!\\.\\S)`, 'iu');
  return pattern.exec(text)?.[0].length ?? 0;
}

/** `@security, review src` and `@security - review src` are `review src`. */
function taskOf(rest: string): string {
  return rest.replace(/^\s*[,:;–—]?\s*(?:-\s+)?/u, '').trim();
}

function withSuggestion(invocation: Invocation, wanted: string, names: readonly string[]): Invocation {
  const suggestion = nearestNames(wanted, names)[0];
  return suggestion === undefined ? invocation : { ...invocation, suggestion };
}
