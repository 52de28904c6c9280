import type { OnSpan } from './span.ts';

/** The little of `@opentelemetry/api` that is used; the package itself is the user's to install. */
interface OpenTelemetryApi {
  trace: {
    getTracer(name: string): {
      startSpan(
        name: string,
        options: { kind: number; startTime: number; attributes: Record<string, string | number | boolean> },
      ): { setStatus(status: { code: number; message?: string }): unknown; end(endTime: number): void };
    };
  };
}

// Not a literal in the import, so that neither the compiler nor a bundler asks for a package that is optional.
const packageName: string = '@opentelemetry/api';
const clientKind = 2;
const errorStatus = 2;

/**
 * Hands spans to the OpenTelemetry API of this process, where a user has installed and configured one.
 * Returns `undefined` when the package is not there. Called only when tracing is configured.
 */
export async function openTelemetrySpans(
  load: () => Promise<unknown> = () => import(packageName),
): Promise<OnSpan | undefined> {
  let api: OpenTelemetryApi;
  try {
    api = (await load()) as OpenTelemetryApi;
  } catch {
    return undefined;
  }
  const tracer = api.trace.getTracer('troupe');
  return ({ name, startedAt, endedAt, attributes, errorCode }) => {
    const span = tracer.startSpan(name, { kind: clientKind, startTime: startedAt, attributes });
    if (errorCode !== undefined) span.setStatus({ code: errorStatus, message: errorCode });
    span.end(endedAt);
  };
}
