import type { Clock } from '../../../kernel/index.ts';
import { checkModel, labelOf, type ModelLimits, type ResolvedModelChain } from '../../models/index.ts';
import { broken, ok, warning, withinTime, type Finding } from './check.ts';

/** Longest wait for one model, milliseconds. */
const modelTimeoutMs = 15_000;

/** Asks every model of the chain whether it can be used; says how to add one where there is none. */
export async function checkModels(
  chain: ResolvedModelChain,
  context: { env: NodeJS.ProcessEnv; clock: Clock; limits: ModelLimits },
): Promise<Finding[]> {
  const unusable = chain.problems.map((problem) =>
    warning('model', `${problem.code}: ${problem.message}`, problem.remedy),
  );
  if (chain.links.length === 0) {
    const offline = warning(
      'model',
      'no language model: the offline reviewer answers (rules and structure only)',
      'Set ANTHROPIC_API_KEY, OPENAI_API_KEY or GEMINI_API_KEY; or OLLAMA_HOST for a local model; ' +
        'or OPENAI_COMPATIBLE_BASE_URL and OPENAI_COMPATIBLE_MODEL for any other server.',
    );
    return [...unusable, offline];
  }
  // Shorter than for work, so that nothing keeps this process once the diagnosis is made.
  const limits = { ...context.limits, idleTimeoutMs: modelTimeoutMs, callTimeoutMs: modelTimeoutMs };
  const found = await Promise.all(
    chain.links.map((link) => {
      const label = labelOf(link);
      const asked = checkModel(link, { ...context, limits }).then((answer) => [
        answer.ok ? ok('model', `${label} answers`) : broken('model', answer.problem),
      ]);
      return withinTime('model', asked, { clock: context.clock, timeoutMs: modelTimeoutMs + 1_000 });
    }),
  );
  return [...unusable, ...found.flat()];
}
