import { isAppError, type AnyOperation } from '../kernel/index.ts';

/**
 * The operation, which also finds the jobs of databases that this process has left: who asks for a job after it has ended
 * there is still told, from the first of `left` that has it. Only what reads one job is so; everything else is about what
 * other processes see as well. Errors: those of the operation.
 */
export function findingLeftJobs<Deps>(
  operation: AnyOperation<Deps>,
  left: () => readonly Deps[],
): AnyOperation<Deps> {
  if (operation.policy.effect !== 'read' || !namesOneJob(operation.input)) return operation;
  return {
    ...operation,
    async handler(input: unknown, { deps, call }) {
      let notFound: unknown;
      for (const place of [deps, ...left()]) {
        try {
          return (await operation.handler(input, { deps: place, call })) as unknown;
        } catch (error) {
          if (!isAppError(error, 'jobs.not_found')) throw error;
          notFound ??= error;
        }
      }
      throw notFound;
    },
  };
}

function namesOneJob(input: unknown): boolean {
  const { shape } = input as { shape?: object };
  return shape !== undefined && 'job_id' in shape;
}
