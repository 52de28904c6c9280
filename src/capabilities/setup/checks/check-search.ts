import { counted, isAppError, toAppError } from '../../../kernel/index.ts';
import { inspectEmbedder, type EmbedderOptions } from '../../embeddings/index.ts';
import { inspectIndex, type InspectIndexOptions } from '../../search/index.ts';
import { broken, ok, warning, type Finding } from './check.ts';

const bytesPerMb = 1_048_576;
/** Longest wait for a server's vector, milliseconds. */
const serverTimeoutMs = 15_000;
const stores = { sqlite: 'SQLite', lancedb: 'LanceDB' } as const;

/** Whether the index can be used, its format and size, and whether a process keeps it in step. Makes nothing. */
export async function checkIndex(options: InspectIndexOptions): Promise<Finding[]> {
  const store = stores[options.store];
  try {
    const { name, state, format, standards, sizeBytes, isKept } = await inspectIndex(options);
    if (state === 'missing') return [ok('index', `none yet; the first search makes it (${store})`)];
    const sizeMb = Math.round((sizeBytes / bytesPerMb) * 10) / 10;
    const facts = [
      `${name}: ${store}`,
      `${sizeMb} MB`,
      ...(standards === undefined ? [] : [counted(standards, 'standard')]),
    ].join(', ');
    if (state === 'other') {
      return [
        warning(
          'index',
          `${facts}; another version wrote it, this one writes format ${format}`,
          'The next search rebuilds it; `troupe standards index` does so now, vectors included.',
        ),
      ];
    }
    const kept = isKept
      ? 'a process keeps it in step'
      : 'no process keeps it now, each search looks for changes';
    return [ok('index', `${facts}, format ${format}; ${kept}`)];
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === 'search.lancedb_missing') return [broken('index', error)];
    // A search never fails for its index.
    const meanwhile = 'standards are searched from their files meanwhile';
    const isMadeAnew = error.code === 'database.corrupted';
    const remedy = isMadeAnew
      ? 'The next search rebuilds it; `troupe standards index` does so now.'
      : error.remedy;
    return [{ ...warning('index', `${error.code}: ${error.message} (${meanwhile})`, remedy), error }];
  }
}

/** Whether the model behind search by meaning can be used. A server is asked; no model is loaded here. */
export async function checkEmbeddings(options: EmbedderOptions): Promise<Finding[]> {
  const { settings } = options;
  const callTimeoutMs = Math.min(settings.callTimeoutMs, serverTimeoutMs);
  try {
    const { kind, label, note } = await inspectEmbedder({
      ...options,
      settings: { ...settings, callTimeoutMs },
    });
    if (kind === 'off') return [ok('embeddings', 'off (embeddings.model): search goes by words alone')];
    return [ok('embeddings', note === '' ? label : `${label} ${note}`)];
  } catch (error) {
    return [broken('embeddings', toAppError(error))];
  }
}
