import { configErrors } from './errors.ts';
import { addEntry, emptyLayer, nearestKey, unknownKey, type Layer } from './layer.ts';
import { settingKeys, toCamelCase } from './setting-keys.ts';
import { textValue } from './text-value.ts';

/** Settings from `TROUPE_…` variables. An empty one counts as not set. */
export function environmentLayer(env: NodeJS.ProcessEnv): Layer {
  const layer = emptyLayer();
  const known = new Set<string>();
  const areas = new Set<string>();
  for (const setting of settingKeys.values()) {
    known.add(setting.env);
    areas.add(`TROUPE_${setting.key.split('.')[0]!.toUpperCase()}_`);
    const text = env[setting.env];
    if (text === undefined || text === '') continue;
    addEntry(layer, setting, textValue(setting.schema, text), `env ${setting.env}`);
  }
  for (const name of Object.keys(env)) {
    const area = name.startsWith('TROUPE_')
      ? [...areas].find((prefix) => name.startsWith(prefix))
      : undefined;
    if (area === undefined || known.has(name)) continue;
    const key = `${area.slice('TROUPE_'.length, -1)}.${name.slice(area.length)}`.toLowerCase();
    layer.problems.push(unknownKey(`env ${name}`, key));
  }
  return layer;
}

/** Settings given on the command line, in either spelling. Errors: `config.unknown_key`. */
export function flagLayer(flags: Readonly<Record<string, unknown>>): Layer {
  const layer = emptyLayer();
  for (const [name, given] of Object.entries(flags)) {
    if (given === undefined) continue;
    const setting = settingKeys.get(toCamelCase(name));
    if (setting === undefined) {
      throw configErrors.make('config.unknown_key', { place: 'flag', key: name, nearest: nearestKey(name) });
    }
    const value = typeof given === 'string' ? textValue(setting.schema, given) : given;
    addEntry(layer, setting, value, 'flag');
  }
  return layer;
}
