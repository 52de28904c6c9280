import { z } from 'zod';
import { settingKeys, type SettingKey } from './setting-keys.ts';

/** The reference of all settings as Markdown, for the documentation. */
export function renderSettingsReference(): string {
  const areas = Map.groupBy(settingKeys.values(), (setting) => setting.fileKey.split('.')[0]!);
  return [...areas].map(([area, settings]) => `## ${area}\n\n${table(settings)}\n`).join('\n');
}

function table(settings: readonly SettingKey[]): string {
  const rows = settings.map((setting) => {
    const cells = [
      `\`${setting.fileKey}\``,
      shownDefault(setting),
      shownRange(setting),
      setting.description,
      { anyone: 'yes', tighten: 'lower only', user: 'no' }[setting.trust],
      `\`${setting.env}\``,
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const head = '| key | default | values | meaning | project may set it | environment |';
  return [head, '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function shownDefault({ defaultValue }: SettingKey): string {
  if (defaultValue === undefined) return 'not set';
  return typeof defaultValue === 'number'
    ? defaultValue.toLocaleString('en')
    : `\`${JSON.stringify(defaultValue)}\``;
}

function shownRange({ schema }: SettingKey): string {
  const { type, minimum, maximum, enum: choices } = z.toJSONSchema(schema, { io: 'input' });
  if (choices !== undefined) return choices.join(', ');
  if (minimum === undefined || maximum === undefined) return type === 'string' ? 'text' : String(type);
  return `${minimum.toLocaleString('en')} to ${maximum.toLocaleString('en')}`;
}
