export { loadSettings } from './load-settings.ts';
export type { ExplainedSetting, ResolvedSettings, SettingsSources } from './load-settings.ts';
export type { Settings } from './schema.ts';
export type { SettingsProblem } from './layer.ts';
export { renderSettingsReference } from './settings-reference.ts';
export { settingKeys } from './setting-keys.ts';
export type { SettingKey } from './setting-keys.ts';
