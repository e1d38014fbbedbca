export { describeSettings, type DescribedSetting } from './describe-settings.ts';
export { importFiles, type ImportOptions } from './import-files.ts';
export type { Progress } from './progress.ts';
export { refresh, type RefreshOptions } from './refresh.ts';
export { newRunId } from './run-id.ts';
export { connectionSettings, graphSettings } from './settings-of.ts';
export { loadSettings, type LoadedSettings, type Source } from './settings.ts';
export { settingNames, type SettingName, type Settings } from './settings-schema.ts';
export type { RefreshSummary } from './summary.ts';
