const mark = '\n[cut here to fit the token budget]';

/** The beginning of a text, at most `maxTokens` long with the mark that says it was cut; '' when nothing fits. */
export function cutToTokens(text: string, maxTokens: number, countTokens: (text: string) => number): string {
  const room = maxTokens - countTokens(mark);
  if (room <= 0) return '';
  // Tokens grow with characters nearly evenly: aim by proportion, then give way until it fits.
  let length = Math.floor(text.length * Math.min(1, room / Math.max(1, countTokens(text))));
  for (; length > 0; length = Math.floor(length * 0.9)) {
    const atLine = text.lastIndexOf('\n', length);
    const cut = text.slice(0, atLine > length / 2 ? atLine : length) + mark;
    if (countTokens(cut) <= maxTokens) return cut;
  }
  return '';
}
