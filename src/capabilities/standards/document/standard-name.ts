import { standardErrors } from '../errors.ts';
import type { StandardLayer } from './standard.ts';

/** Folder of a project's standards, as shown to people. */
export const standardsFolder = '.agent-os/standards';

/** Before a shipped standard's name where a file would be named, and in the id it has beside one of the project. */
export const shippedPrefix = 'troupe:';

export const longestName = 80;

// What Windows keeps for devices, whatever the extension.
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** Why a domain or topic cannot be used, as the end of a sentence; `undefined` when it can. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.length > longestName) return `it has ${name.length} characters, more than ${longestName}`;
  if (/[/\\]|^\.+$/.test(name) || /^[A-Za-z]:/.test(name)) return 'it would lead out of its folder';
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
    const better = kebabCase(name);
    return `it must be small letters and digits, joined by "-"${better === undefined ? '' : `, such as ${better}`}`;
  }
  return reserved.test(name) ? 'Windows keeps that name for a device' : undefined;
}

const isReadme = (topic: string) => topic.toLowerCase() === 'readme';
const unreadTopic = 'a README.md tells of its folder and is never read as a standard';

/** Errors: `standards.bad_name`. */
export function assertStandardName(domain: string, topic: string): void {
  for (const [part, name] of [
    ['domain', domain],
    ['topic', topic],
  ] as const) {
    const reason = part === 'topic' && isReadme(name) ? unreadTopic : nameProblem(name);
    if (reason !== undefined) {
      throw standardErrors.make('standards.bad_name', { part, name: shortened(name), reason });
    }
  }
}

/** `.agent-os/standards/{domain}/{topic}.md`. Errors: `standards.bad_name`. */
export function standardPath(domain: string, topic: string): string {
  assertStandardName(domain, topic);
  return `${standardsFolder}/${domain}/${topic}.md`;
}

/** The id that a shipped standard has while one of the project has its name and does not take its place. */
export const shippedId = (name: string) => `${shippedPrefix}${name}`;

/** The `domain/topic` of an id, also of a shipped standard's own `troupe:domain/topic`. Never fails. */
export const nameOfId = (id: string) => (id.startsWith(shippedPrefix) ? id.slice(shippedPrefix.length) : id);

/**
 * The id that a standard is counted under. A shipped one keeps its own whether or not the project has one of its name, so
 * that its counts are neither split nor taken for those of the project's.
 */
export const lastingId = ({ id, layer }: { id: string; layer: StandardLayer }) =>
  layer === 'universal' ? shippedId(nameOfId(id)) : id;

/** The two parts of an id `domain/topic`. Errors: `standards.bad_name`. */
export function partsOfId(id: string): { domain: string; topic: string } {
  const [domain = '', topic = '', ...more] = id.split('/');
  if (more.length > 0) {
    const reason = 'an id is a domain and a topic, such as architecture/error-responses';
    throw standardErrors.make('standards.bad_name', { part: 'id', name: shortened(id), reason });
  }
  assertStandardName(domain, topic);
  return { domain, topic };
}

/** The name in kebab-case, where letters or digits remain of it. */
export function kebabCase(name: string): string | undefined {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-').slice(0, longestName).replace(/-+$/, '');
}

/** The name as words: `error-responses` is `Error responses`. */
export function wordsOfName(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const shortened = (name: string) => (name.length > 100 ? `${name.slice(0, 100)}…` : name);
