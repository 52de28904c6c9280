export interface Candidate {
  kind: string;
  start: number;
  end: number;
}

type Scan = (text: string, name: string) => Promise<Candidate[]>;

let opening: Promise<Scan> | undefined;

/** Loads secretlint at the first call. */
export function openSecretlint(): Promise<Scan> {
  opening ??= load();
  return opening;
}

async function load(): Promise<Scan> {
  const [{ lintSource }, { creator }, { secretLintProfiler }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
    import('@secretlint/profiler'),
  ]);
  // On, it keeps 20 KB of marks for each text until the process ends, and takes three quarters of the time.
  secretLintProfiler.setEnabled(false);
  const config = { rules: [{ id: 'recommend', rule: creator }] };
  return async (text, name) => {
    const ext = name.includes('.') ? name.slice(name.lastIndexOf('.')) : '';
    // The rule for these keys looks its message up in an object by the word, and fails on the one word every object has.
    const content = text.replaceAll('tskey-constructor-', 'tskey-constructxx-');
    const source = { filePath: name, content, contentType: 'text' as const, ext };
    const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
    return messages.map(({ ruleId, range: [start, end] }) => ({
      kind: kindOf(ruleId),
      start,
      ...trimmed(text, start, end),
    }));
  };
}

/** `@secretlint/secretlint-rule-privatekey` is a `privatekey`. */
function kindOf(ruleId: string): string {
  return ruleId.replace(/^.*secretlint-rule-/, '');
}

/** Some rules take the closing quote along. */
function trimmed(text: string, start: number, end: number): { end: number } {
  const trailing = /["'`;,)\]}\s]*$/.exec(text.slice(start, end))?.[0].length ?? 0;
  return { end: end - trailing };
}
