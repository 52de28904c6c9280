/** What the inbox notes of a retirement, made or adopted here: an approval too, of the text with which a standard retires. */
export const retirementNote = (id: string) => `Retired: ${id}`;
