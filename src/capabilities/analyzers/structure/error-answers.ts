import type { Family } from '../evidence.ts';
import type { SourceFile } from '../rules/source-file.ts';
import type { ErrorAnswer } from './answer-shape.ts';
import { pythonErrorAnswers } from './error-answers-python.ts';
import { typescriptErrorAnswers } from './error-answers-typescript.ts';

/** Words without which no answer is a failure; looked for before a tree is read. */
const tellsFailure = /\b[45]\d\d\b|HTTP_[45]\d\d|\b(?:ok|success)["']?\s*:\s*(?:false|False)\b/;

/** Where a file answers requests with a failure whose shape its text shows. Tests answer nobody. */
export function errorAnswersOf(source: SourceFile, family: Family): ErrorAnswer[] {
  if (source.isTest || !tellsFailure.test(source.text)) return [];
  if (family === 'typescript') return typescriptErrorAnswers(source.root());
  return family === 'python' ? pythonErrorAnswers(source.root()) : [];
}
