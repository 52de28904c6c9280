/** Where breaking a rule makes the code better, in the open: the check, the file, and why. */
export const exceptions: readonly { check: string; file: string; reason: string }[] = [];
