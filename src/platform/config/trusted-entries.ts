import { configErrors } from './errors.ts';
import { problemAt, type Layer, type LayerEntry, type SettingsProblem } from './layer.ts';

/**
 * What of a project's file may take effect; the rest is reported. `holdsWithout` tells the value a setting has without
 * the project's file, flags and environment left aside.
 */
export function trustedEntries(project: Layer, holdsWithout: (entry: LayerEntry) => unknown): Layer {
  const entries: LayerEntry[] = [];
  const problems: SettingsProblem[] = [...project.problems];
  for (const entry of project.entries) {
    const reason = whyIgnored(entry, holdsWithout(entry));
    if (reason === undefined) {
      entries.push(entry);
      continue;
    }
    const facts = { place: entry.origin, key: entry.setting.fileKey, reason };
    problems.push(problemAt(entry.origin, configErrors.make('config.untrusted_key', facts)));
  }
  return { entries, problems, faults: project.faults };
}

function whyIgnored({ setting, value }: LayerEntry, current: unknown): string | undefined {
  if (setting.trust === 'user') return "a project's file may not set it";
  if (
    setting.trust === 'tighten' &&
    typeof current === 'number' &&
    typeof value === 'number' &&
    value > current
  ) {
    return `a project's file may lower it but not raise it above ${current}`;
  }
  return undefined;
}
