import { scopeGlobs } from '../../../platform/files/index.ts';
import {
  nameOfId,
  type LibraryEntry,
  type StandardDocument,
  type StandardSection,
} from '../../standards/index.ts';
import { pointerToFile, pointerToShipped } from './pointer.ts';

/** A standard in as many words as an agent should carry around. */
export interface Digest {
  /** `domain/topic`, also of a shipped one beside one of the project: what is exported under a name is one. */
  id: string;
  /** What `troupe standards show` knows it by. */
  shownAs: string;
  title: string;
  lead: string;
  /** What to do, one line each. */
  rules: string[];
  /** What not to do, one line each. */
  avoid: string[];
  /** Globs over project-relative paths; empty means everywhere. */
  appliesTo: readonly string[];
  /** Globs of files that it is not for all the same. */
  notFor: readonly string[];
  /** Whether it ships with Troupe. */
  universal: boolean;
  /** Where the whole standard is. */
  pointer: string;
  /** What of the standard is not in here. */
  losses: string[];
}

/** How many points a digest holds. */
export interface DigestSize {
  rules: number;
  avoid: number;
}

const maxRuleLength = 240;

/** `src/a.ts:12`: code, or the places of this project. */
const isPlace = /^(?:`[^`]+:\d+`: |In this project: `)/;

/** The rule itself, its key points, and the way back to the whole. */
export function digestOf(
  { id, file, layer }: LibraryEntry,
  document: StandardDocument,
  most: DigestSize,
): Digest {
  // A drafted standard says its rule in its lead and as its first point.
  const pattern = pointsOf(document, 'Pattern').filter((point) => point !== document.lead);
  // What departed once, at some lines, is the story of a standard: nobody can follow it.
  const avoid = pointsOf(document, 'Anti-patterns').filter((point) => !isPlace.test(point));
  const universal = layer === 'universal';
  const { included, excluded } = scopeGlobs(document.appliesTo);
  return {
    id: nameOfId(id),
    shownAs: id,
    title: safe(document.title),
    lead: safe(document.lead),
    rules: pattern.slice(0, most.rules).map(shortened).map(safe),
    avoid: avoid.slice(0, most.avoid).map(shortened).map(safe),
    appliesTo: included,
    notFor: excluded,
    universal,
    pointer: universal ? pointerToShipped(id) : pointerToFile(file),
    losses: [
      ...excluded.map(
        (glob) => `the exception !${glob} as data: no client's rules have one, so it is said in words`,
      ),
      ...cut(pattern, most.rules, 'rules of Pattern'),
      ...cut(avoid, most.avoid, 'Anti-patterns'),
      ...tooLong([...pattern.slice(0, most.rules), ...avoid.slice(0, most.avoid)]),
    ],
  };
}

/** The order of exports: by name, the project's before the shipped one of its name. */
export function inOrder(a: Pick<Digest, 'id' | 'universal'>, b: Pick<Digest, 'id' | 'universal'>): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return Number(a.universal) - Number(b.universal);
}

/** Comments are how exports are marked; a standard's own must not be taken for one. */
const safe = (text: string) => text.replaceAll('<!--', '&lt;!--');

const cut = (points: readonly string[], most: number, what: string) =>
  points.length > most ? [`${points.length - most} of ${points.length} ${what}`] : [];

const tooLong = (points: readonly string[]) => {
  const count = points.filter((point) => point.length > maxRuleLength).length;
  return count === 0
    ? []
    : [`the end of ${count} rule${count === 1 ? '' : 's'} over ${maxRuleLength} characters`];
};

function shortened(point: string): string {
  return point.length <= maxRuleLength ? point : `${point.slice(0, maxRuleLength - 1).trimEnd()}…`;
}

/** The points of a section: the items of its lists, without what is below them, or its paragraphs where it has no list. */
function pointsOf({ sections }: StandardDocument, heading: string): string[] {
  const section = sections.find((one) => one.heading.trim().toLowerCase() === heading.toLowerCase());
  if (section === undefined) return [];
  const items = itemsOf(withoutCode(section));
  return items.length > 0 ? items : paragraphsOf(withoutCode(section));
}

function withoutCode({ text }: StandardSection): string {
  return text.replaceAll(/^(```|~~~)[\s\S]*?^\1[^\n]*$/gm, '');
}

function itemsOf(text: string): string[] {
  const items: string[] = [];
  let open = false;
  for (const line of text.split('\n')) {
    const item = /^(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line)?.[1];
    if (item !== undefined) items.push(item.trim());
    // A line that goes on; a blank line or an inner list ends the point.
    else if (open && /^\s+[^\s\-*+\d]/.test(line)) items.push(`${items.pop()!} ${line.trim()}`);
    open = item !== undefined || (open && /^\s+[^\s\-*+\d]/.test(line));
  }
  return items;
}

function paragraphsOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '' && !paragraph.startsWith('|'));
}
