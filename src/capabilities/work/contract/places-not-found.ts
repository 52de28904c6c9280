const start = 'Not found';

/** The note of a review about what its task names and the project does not have. */
export const placesNotFound = (places: readonly string[]) =>
  `${start}, so not in scope: ${places.join(', ')}.`;

/** Whether a note is that one: it stands before the findings, for they are not about what was meant. */
export const isPlacesNotFound = (note: string) => note.startsWith(start);
