export * from './refresh.ts';
export { acceptHeld } from './accept.ts';
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
export { collectionFigures, count, countUncollected, isHeld, type CollectionFigures } from './collection-figures.ts';
export { createMetrics, outcomeOf, type Metrics, type RunOutcome } from './metrics.ts';
export { work, type WorkOptions } from './work.ts';
