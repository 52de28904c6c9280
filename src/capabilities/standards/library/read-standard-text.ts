import { utf8Text } from '../../../kernel/index.ts';
import { filesErrors, readRegularFile } from '../../../platform/files/index.ts';
import { standardErrors } from '../errors.ts';

/**
 * The text of a standard's file, without byte order mark. `file` is what it is called in errors.
 * Errors: `standards.too_large`, `standards.not_text`, `files.unreadable`.
 */
export function readStandardText(absolutePath: string, file: string, maxBytes: number): string {
  const content = readRegularFile(absolutePath, maxBytes);
  const notText = (reason: string) => standardErrors.make('standards.not_text', { file, reason });
  switch (content.kind) {
    case 'too-large': {
      const facts = { file, sizeBytes: content.sizeBytes, limitBytes: maxBytes };
      throw standardErrors.make('standards.too_large', facts);
    }
    case 'binary':
      throw notText('it holds binary data');
    case 'unreadable':
      throw filesErrors.make('files.unreadable', { path: file, reason: 'it could not be opened' });
    case 'text': {
      const text = utf8Text(content.bytes);
      if (typeof text !== 'string') throw notText(`it is not UTF-8 (line ${text.line})`);
      return text;
    }
  }
}
