/** Shipped personas that the offline reviewer has rules for, in the order in which they are named to people. */
export const personasWithRules: readonly string[] = [
  'architect',
  'engineer',
  'data',
  'qa',
  'security',
  'sre',
  'code-review',
  'concurrency',
  'database',
  'observability',
  'performance',
];
