/** What `lastApprovals` tells of standards that one person approved on one day. */
export function lastOf(ids: Iterable<string>): Map<string, { by: string; at: number }> {
  return new Map([...ids].map((id) => [id, { by: 'josh', at: Date.UTC(2026, 10, 1) }]));
}
