import type { Catalogue, CatalogueEntry } from '../catalogue/catalogue.ts';
import { nameOfId, shippedId } from '../../standards/index.ts';

const id = /^(?:troupe:)?[a-z0-9-]+\/[a-z0-9-]+$/;

/**
 * The standard whose id or file a question is, as an answer cites it, an error names it or an editor gives its path, with
 * or without a line; `undefined` for any other question.
 */
export function namedStandard(question: string, catalogue: Catalogue): CatalogueEntry | undefined {
  const text = question
    .trim()
    .replaceAll(/^[`'"<(]+|[`'">)]+$/g, '')
    .replaceAll('\\', '/')
    .replace(/(?<=\.md)(?:[:#]L?\d+)?$/i, '');
  const file = /^(?:.*\/)?([^/\s]+\/[^/\s]+)\.md$/i.exec(text)?.[1];
  const name = file ?? text;
  if (!id.test(name)) return undefined;
  const plain = nameOfId(name);
  return catalogue.get(name) ?? catalogue.get(plain) ?? catalogue.get(shippedId(plain));
}
