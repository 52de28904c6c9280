/** What this capability needs of the settings; the settings loader's `search` satisfies it. */
export interface SearchSettings {
  store: 'sqlite' | 'lancedb';
  cacheMs: number;
  waitForModelMs: number;
  rescanMs: number;
  /**
   * How long closing lets vectors under way be finished once the model is loaded, milliseconds: for a process that ends after
   * one search and would else never get to them. Default 0.
   */
  lingerMs?: number;
  /** Keeps the index in step from the first search on: for a process that stays. Default false. */
  keep?: boolean;
}
