import { settingDeclaration, settingNames } from './settings-schema.ts';
import { type LoadedSettings, type Source, valueOf } from './settings.ts';

export interface DescribedSetting {
  readonly name: string;
  /** What it is, as one line; secrets as `***`; `undefined` where it has no value. */
  readonly value: string | undefined;
  readonly source: string;
  readonly description: string;
}

/** Every setting with its value and where that comes from, fit to be shown. */
export function describeSettings(loaded: LoadedSettings): readonly DescribedSetting[] {
  return settingNames.map((name) => {
    const { description, secret = false } = settingDeclaration(name);
    const value = valueOf(loaded.settings, name);
    return {
      name,
      value: value === undefined ? undefined : secret ? '***' : toText(value),
      source: describeSource(loaded.sources.get(name)),
      description,
    };
  });
}

function describeSource(source: Source = { from: 'nowhere' }): string {
  switch (source.from) {
    case 'default':
      return 'default';
    case 'nowhere':
      return 'not set';
    case 'flag':
    case 'environment':
    case 'file':
      return [source.from, source.name].join(' ');
  }
}

function toText(value: unknown): string {
  if (Array.isArray(value)) return value.map(toText).join(', ');
  // An address may carry a user and a password of its own.
  return String(value).replace(/\/\/[^/@]*@/, '//***@');
}
