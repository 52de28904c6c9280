import { settingKeys, type SettingKey } from '../../../platform/config/index.ts';

/**
 * The text of a new `config.yaml`: every setting that a project may set, commented out, with its default. Without the
 * `#` at the beginning of a line it is the setting.
 */
export function configTemplate(): string {
  const settable = [...settingKeys.values()].filter(({ trust }) => trust !== 'user');
  const areas = Map.groupBy(settable, ({ fileKey }) => fileKey.split('.')[0]!);
  return [
    '# Settings of this project, for everybody who works on it. Each line shows the default; take the # away to change it.',
    '# `troupe config explain` shows what is in force and why. Keys and models are set by each user, not here.',
    ...[...areas].flatMap(([area, settings]) => ['', `#${area}:`, ...settings.flatMap(linesOf)]),
    '',
  ].join('\n');
}

function linesOf({ fileKey, description, defaultValue, trust }: SettingKey): string[] {
  const bound = trust === 'tighten' ? ' Can only be lowered here.' : '';
  const name = fileKey.split('.').slice(1).join('.');
  // JSON is YAML; a setting without a default has nothing to show.
  const value = defaultValue === undefined ? '' : ` ${JSON.stringify(defaultValue)}`;
  return [`#  # ${description}${bound}`, `#  ${name}:${value}`];
}
