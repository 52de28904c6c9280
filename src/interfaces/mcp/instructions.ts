import type { ToolWords } from './tools/tool-words.ts';

/** What a client's model is told about this server when it connects. Names only what is on offer. */
export function instructionsFor(words: ToolWords): string {
  return [aboutPersonas(words), aboutWaiting(words), aboutStandards(words)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function aboutPersonas({ personas }: ToolWords): string {
  const [first] = personas;
  if (first === undefined) return '';
  const names = personas.map(({ card }) => `@${card.name}`).join(', ');
  return `Expert personas review this project and advise on it: ${names}.
When the user writes "@${first.card.name} review this", call ${first.ask}, with the rest as task; the others likewise. For a name that is not in this list, propose the nearest one and ask. Name the files or folders meant in the task, such as the open file: personas read the project themselves. Use context only for text that is in no file.`;
}

function aboutWaiting({ personas, check }: ToolWords): string {
  if (check === undefined || personas.length === 0) return '';
  return `The call returns a job_id at once. Wait with ${check} and wait_seconds: 30, again until the job has ended; do not poll faster. Show the result, and cite each finding by its file:line. What is marked as claimed or unverified is a claim: say so.`;
}

function aboutStandards({ search }: ToolWords): string {
  if (search === undefined) return '';
  return `Before you advise on a design or write code, call ${search} with the question, follow what it returns, and cite the standards you used by their citation line.`;
}
