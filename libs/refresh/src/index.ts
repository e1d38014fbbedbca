export * from './refresh.ts';
export { Interrupted, type RunSummary } from './publish-run.ts';
export {
  loadSettings,
  settingsSchema,
  type DescribedSetting,
  type Flags,
  type LoadedSettings,
  type SettingName,
  type Settings,
} from './settings.ts';
export { work, type WorkOptions } from './work.ts';
