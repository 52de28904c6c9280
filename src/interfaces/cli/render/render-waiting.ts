/** That a job waits, and who takes it up. */
export function renderWaiting(jobId: string): string {
  const shortId = jobId.slice(-4);
  return `Job ${shortId} waits: an IDE with troupe or \`troupe worker\` works on it; \`troupe jobs watch ${shortId}\` does so here.`;
}
