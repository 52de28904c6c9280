/** What `lastApprovals` tells of standards that one person approved, on one day unless `when` says another. */
export function lastOf(
  ids: Iterable<string>,
  when: ReadonlyMap<string, number> = new Map(),
): Map<string, { by: string; at: number }> {
  return new Map([...ids].map((id) => [id, { by: 'josh', at: when.get(id) ?? Date.UTC(2026, 10, 1) }]));
}
