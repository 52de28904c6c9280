/** What stands in the place of a secret wherever it would be shown, kept or sent. */
export const redactedMark = (kind: string) => `[redacted: ${kind}]`;
