import { parseStandard, partsOfId } from '../../standards/index.ts';
import { nearTo, type DraftSources } from '../checks/draft-facts.ts';
import { duplicatesInWords } from '../checks/duplicates-in-words.ts';
import type { Adoptable } from './adoptable.ts';

/**
 * What a person should know before adopting each, in the words in which the inbox says it of a proposal. Nothing of a
 * retired text, which hides and repeats nothing.
 */
export async function withNotes(
  sources: DraftSources,
  standards: readonly Adoptable[],
): Promise<(Adoptable & { notes: string[] })[]> {
  const noted: (Adoptable & { notes: string[] })[] = [];
  // One after another: a search is no small thing, and there may be hundreds.
  for (const one of standards) noted.push({ ...one, notes: await notesOf(sources, one) });
  return noted;
}

async function notesOf(sources: DraftSources, { standard: id, status, text }: Adoptable): Promise<string[]> {
  if (status === 'retired') return [];
  const document = await parseStandard(text, partsOfId(id));
  return [duplicatesInWords(await nearTo(sources, id, document))];
}
