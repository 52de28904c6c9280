const translated = new Map<string, string>();

/** Rewrites `?` placeholders to `$1, $2, …`. Our statements hold no `?` in literals. Cached by statement. */
export function numberedPlaceholders(sql: string): string {
  let numbered = translated.get(sql);
  if (numbered === undefined) {
    let position = 0;
    numbered = sql.replace(/\?/g, () => `$${++position}`);
    translated.set(sql, numbered);
  }
  return numbered;
}
