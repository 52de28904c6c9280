import type { Dialect } from './database.ts';

/** One step of the schema. Its id never changes once released; the order of the list is the order of application. */
export interface Migration {
  /** `<capability>/<number>-<what>`, such as `jobs/0001-create-jobs`. */
  id: string;
  /** The statements for this dialect, in order. */
  statements(dialect: Dialect): readonly string[];
}
