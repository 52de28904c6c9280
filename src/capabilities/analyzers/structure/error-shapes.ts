import type { Evidence, Family } from '../evidence.ts';
import { bodyOfKeys, type ErrorAnswer } from './answer-shape.ts';
import type { FileFacts } from './file-facts.ts';
import { structureEvidence } from './structure-evidence.ts';

/** Places that depart from the usual shape before it counts as a lack of one: one or two are slips. */
const minDepartures = 3;

/** Where the inside of a program begins: what stands before it is the program's own folder. */
const inside = /(?:(?:^|\/)(?:src|lib|routes?|handlers?|controllers?|views?|pages)|^(?:app|api|server))\/.*$/;

interface Answer extends ErrorAnswer {
  file: string;
}

/**
 * Error answers that are not of the shape most others of the same program have. Silent where a program answers in one
 * shape, or all but a few times. Programs are told apart by their folder and language: two services may differ.
 */
export function errorShapeEvidence(facts: ReadonlyMap<string, FileFacts>): Evidence[] {
  const answers = [...facts].flatMap(([file, { family, errorAnswers = [] }]) =>
    errorAnswers.map((answer) => ({ ...answer, file, program: programOf(file, family) })),
  );
  return [...Map.groupBy(answers, ({ program }) => program).values()].flatMap(departures);
}

function programOf(file: string, family: Family): string {
  const folder = inside.test(file)
    ? file.replace(inside, '')
    : file.slice(0, Math.max(0, file.lastIndexOf('/')));
  return `${family} ${folder}`;
}

function departures(answers: readonly Answer[]): Evidence[] {
  const shapes = [...Map.groupBy(answers, ({ shape }) => shape)].sort(
    ([a, ofA], [b, ofB]) =>
      Number(isObject(b)) - Number(isObject(a)) || ofB.length - ofA.length || (a < b ? -1 : 1),
  );
  const [usual, ofUsual] = shapes[0] ?? [];
  if (usual === undefined || ofUsual === undefined || !isObject(usual)) return [];
  const departing = answers.filter(({ shape }) => shape !== usual);
  if (departing.length < minDepartures) return [];
  const usualBody = bodyOfKeys(keysOfAll(ofUsual));
  return departing.map(({ file, line, quote, shape, keys }) =>
    structureEvidence(
      'error-responses',
      { file, line, quote, usual },
      `${keys.length === 0 ? shape : bodyOfKeys(keys)}, where ${usualBody} is the usual one`,
    ),
  );
}

/** The keys that every one of the answers has. */
function keysOfAll([first, ...others]: readonly Answer[]): string[] {
  return first!.keys.filter((key) => others.every(({ keys }) => keys.includes(key)));
}

/** A shape that a program can decide for: text and a status of 200 are none. */
const isObject = (shape: string) => shape.startsWith('{');
