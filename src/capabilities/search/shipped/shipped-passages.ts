import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseStandard, shippedStandardsFolders } from '../../standards/index.ts';
import { hashOfPassage, passageTexts, searchedTexts } from '../catalogue/standard-record.ts';

/** The texts of all standards that ship, those for languages included, by their hash. */
export async function shippedPassages(): Promise<Map<string, string>> {
  const passages = new Map<string, string>();
  for (const folder of Object.values(shippedStandardsFolders())) {
    for (const file of await readdir(folder, { recursive: true })) {
      const [domain, topic] = file.replace(/\.md$/, '').split(path.sep);
      if (!file.endsWith('.md') || topic === undefined) continue;
      const document = await parseStandard(await readFile(path.join(folder, file), 'utf8'), {
        domain: domain!,
        topic,
      });
      const texts = passageTexts({ ...document, ...searchedTexts(document) });
      for (const text of texts) passages.set(hashOfPassage(text), text);
    }
  }
  return passages;
}
