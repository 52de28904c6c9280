/** What this capability needs of the settings; the settings loader's `search` satisfies it. */
export interface SearchSettings {
  store: 'sqlite' | 'lancedb';
  cacheMs: number;
  waitForModelMs: number;
  rescanMs: number;
}
