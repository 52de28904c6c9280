/** `architecture/any/import-cycle` and `architecture/import-cycle` are the family `architecture/import-cycle`. */
export function familyOfRule(rule: string): string {
  const parts = rule.split('/');
  return parts.length === 3 ? `${parts[0]}/${parts[2]}` : rule;
}
