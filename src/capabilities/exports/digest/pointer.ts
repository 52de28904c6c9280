/**
 * Where the whole of a standard of the project is. By this line an export is known as that of the project's own: the
 * shipped one of the same name has another.
 */
export const pointerToFile = (file: string) =>
  `The whole standard: \`${file}\`, or the tool search_standards.`;

/** The same for one that ships with Troupe. */
export const pointerToShipped = (id: string) =>
  `The whole standard: \`troupe standards show ${id}\`, or the tool search_standards.`;

/** The file that a line points to; nothing for other lines. */
export const fileOfPointer = (line: string) =>
  /^The whole standard: `([^`]+)`, or the tool search_standards\.$/.exec(line)?.[1];
