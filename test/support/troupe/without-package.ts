import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

// Loaded before a program (`--import`): packages named in WITHOUT_PACKAGES, by commas, are as if nobody had installed them.
const missing = new Set(process.env['WITHOUT_PACKAGES']?.split(','));

registerHooks({
  resolve(specifier, context, next) {
    if (!missing.has(specifier)) return next(specifier, context);
    const error = new Error(`Cannot find package '${specifier}' imported from ${context.parentURL ?? '.'}`);
    throw Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' });
  },
});

/** Variables that start a program without these packages. */
export function withoutPackages(...names: readonly string[]): Record<string, string> {
  const here = pathToFileURL(import.meta.filename).href;
  return { NODE_OPTIONS: `--import=${here}`, WITHOUT_PACKAGES: names.join(',') };
}
