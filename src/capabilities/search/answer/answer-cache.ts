import type { SearchAnswer, SearchOptions } from '../../standards/index.ts';

const maxAnswers = 500;

/** Answers to questions that were asked lately, good for one state of the index only. */
export class AnswerCache {
  readonly #answers = new Map<string, { answer: SearchAnswer; until: number }>();
  #state = '';

  /** `state` differs whenever an answer may; then all that was kept is dropped. */
  get(question: string, options: SearchOptions, state: string, nowMs: number): SearchAnswer | undefined {
    if (state !== this.#state) this.#answers.clear();
    this.#state = state;
    const key = keyOf(question, options);
    const kept = this.#answers.get(key);
    if (kept === undefined) return undefined;
    if (kept.until > nowMs) return { ...kept.answer, cached: true };
    this.#answers.delete(key);
    return undefined;
  }

  /** Keeps an answer that was found in this state; one that is out of date already is not kept. */
  set(
    question: string,
    options: SearchOptions,
    state: string,
    { answer, until }: { answer: SearchAnswer; until: number },
  ): void {
    if (state !== this.#state) return;
    this.#answers.set(keyOf(question, options), { answer, until });
    if (this.#answers.size > maxAnswers) this.#answers.delete(this.#answers.keys().next().value!);
  }
}

function keyOf(question: string, { limit, domain, tags, path, layer }: SearchOptions): string {
  return JSON.stringify([question.trim(), limit, domain, tags, path, layer]);
}
