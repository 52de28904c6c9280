import type { Evidence, Family } from '../evidence.ts';
import type { ErrorAnswer } from './error-answers.ts';
import type { FileFacts } from './file-facts.ts';
import { structureEvidence } from './structure-evidence.ts';

/** Places that depart from the usual shape before it counts as a lack of one: one or two are slips. */
const minDepartures = 3;

/** Folders inside one program, in place of which the program's own folder is named. */
const innerFolder = /(?:^|\/)(?:src|lib|app|apps?|api|server|routes?|handlers?|controllers?)\/.*$/;

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
  const folder = innerFolder.test(file)
    ? file.replace(innerFolder, '')
    : file.slice(0, Math.max(0, file.lastIndexOf('/')));
  return `${family} ${folder}`;
}

function departures(answers: readonly Answer[]): Evidence[] {
  const shapes = [...Map.groupBy(answers, ({ shape }) => shape)].sort(
    ([a, ofA], [b, ofB]) => Number(isObject(b)) - Number(isObject(a)) || ofB.length - ofA.length || (a < b ? -1 : 1),
  );
  const [usual, ofUsual] = shapes[0] ?? [];
  if (usual === undefined || ofUsual === undefined || !isObject(usual)) return [];
  const departing = answers.filter(({ shape }) => shape !== usual);
  if (departing.length < minDepartures) return [];
  return departing.map(({ file, line, quote, shape }) =>
    structureEvidence('error-responses', { file, line, quote, usual }, `${shape}, where ${usual} is the usual one`),
  );
}

/** A shape that a program can decide for: text and a status of 200 are none. */
const isObject = (shape: string) => shape.startsWith('{');
