import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError, exitCode } from '@ag/model';
import {
  type SettingName,
  type Settings,
  isSettingName,
  settingDeclaration,
  settingNames,
  settingsSchema,
} from './settings-schema.ts';

/** Where a setting's value comes from, with the name of the flag, variable or file. */
export interface Source {
  readonly from: 'flag' | 'environment' | 'file' | 'default' | 'nowhere';
  readonly name?: string;
}

export interface LoadedSettings {
  readonly settings: Settings;
  readonly sources: ReadonlyMap<SettingName, Source>;
}

/** A value given on the command line, and the flag it was given by. */
export interface Flag {
  readonly flag: string;
  readonly value: unknown;
}

export interface SettingInputs {
  readonly flags?: Partial<Readonly<Record<SettingName, Flag>>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where `accessgraph.json` is looked for. */
  readonly directory: string;
  /** A settings file that was asked for by name: then it has to be there. */
  readonly file?: string;
}

/** The settings and the source of each: flag over environment over `accessgraph.json` over default. */
export async function loadSettings(inputs: SettingInputs): Promise<LoadedSettings> {
  const raw = new Map<SettingName, { readonly value: unknown; readonly source: Source }>();
  const file = await readSettingsFile(inputs);
  for (const name of settingNames) {
    const found =
      fromFlag(name, inputs) ?? fromEnvironment(name, inputs) ?? withSource(file.values.get(name), 'file', file.name);
    if (found) raw.set(name, found);
  }

  const parsed = settingsSchema.safeParse(toNested(raw));
  if (!parsed.success) throw invalidSetting(parsed.error.issues[0], raw);

  const sources = settingNames.map((name) => [name, raw.get(name)?.source ?? unsetSource(name, parsed.data)] as const);
  return { settings: parsed.data, sources: new Map(sources) };
}

/** One setting's value, by its name. */
export function valueOf(settings: Settings, name: SettingName): unknown {
  const [group = '', key = ''] = name.split('.');
  const values: unknown = new Map<string, unknown>(Object.entries(settings)).get(group);
  return isRecord(values) ? values[key] : undefined;
}

function fromFlag(name: SettingName, { flags }: SettingInputs) {
  const flag = flags?.[name];
  return flag && withSource(flag.value, 'flag', flag.flag);
}

function fromEnvironment(name: SettingName, { environment }: SettingInputs) {
  const declaration = settingDeclaration(name);
  const variable = declaration.environment.find((candidate) => environment[candidate]);
  const value = variable === undefined ? undefined : environment[variable];
  if (variable === undefined || value === undefined) return undefined;
  return withSource(declaration.list ? splitList(value) : value, 'environment', variable);
}

function withSource(value: unknown, from: Source['from'], name: string) {
  return value === undefined ? undefined : { value, source: { from, name } };
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

async function readSettingsFile(inputs: SettingInputs): Promise<{ name: string; values: Map<SettingName, unknown> }> {
  const asked = inputs.file ?? inputs.environment['ACCESSGRAPH_CONFIG'];
  const name = asked ?? 'accessgraph.json';
  const text = await readIfThere(path.resolve(inputs.directory, name), name);
  if (text === undefined) {
    if (asked !== undefined) throw unusable(`cannot read the settings file \`${name}\`: there is no such file`);
    return { name, values: new Map() };
  }
  return { name, values: flatten(name, parseJson(name, text)) };
}

async function readIfThere(file: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw unusable(`cannot read the settings file \`${name}\``, error);
  }
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unusable(`cannot read the settings file \`${name}\`: not valid JSON`, error);
  }
}

function flatten(file: string, content: unknown): Map<SettingName, unknown> {
  if (!isRecord(content)) throw unusable(`cannot read the settings file \`${file}\`: it must hold one JSON object`);
  const values = new Map<SettingName, unknown>();
  for (const [group, members] of Object.entries(content)) {
    if (!settingNames.some((name) => name.startsWith(`${group}.`))) throw unknownKey(file, group);
    if (!isRecord(members)) throw unusable(`\`${group}\` in \`${file}\` must be an object`);
    for (const [key, value] of Object.entries(members)) {
      const name = `${group}.${key}`;
      if (!isSettingName(name)) throw unknownKey(file, name);
      values.set(name, value);
    }
  }
  return values;
}

function toNested(raw: ReadonlyMap<SettingName, { readonly value: unknown }>): unknown {
  const nested = new Map<string, Map<string, unknown>>();
  for (const name of settingNames) {
    const [group = '', key = ''] = name.split('.');
    const members = nested.get(group) ?? new Map<string, unknown>();
    const found = raw.get(name);
    if (found) members.set(key, found.value);
    nested.set(group, members);
  }
  return Object.fromEntries([...nested].map(([group, members]) => [group, Object.fromEntries(members)]));
}

function unsetSource(name: SettingName, settings: Settings): Source {
  return { from: valueOf(settings, name) === undefined ? 'nowhere' : 'default' };
}

function invalidSetting(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
  raw: ReadonlyMap<SettingName, { readonly value: unknown; readonly source: Source }>,
): UserError {
  const name = issue?.path.slice(0, 2).join('.') ?? '';
  const found = isSettingName(name) ? raw.get(name) : undefined;
  const given = found ? ` (from ${[found.source.from, found.source.name].join(' ')})` : '';
  // The value itself stays out of the message: it may be a secret.
  return unusable(`the setting \`${name}\`${given} is not usable: ${issue?.message ?? 'not valid'}`);
}

function unknownKey(file: string, key: string): UserError {
  return unusable(`unknown setting \`${key}\` in \`${file}\``);
}

function unusable(message: string, cause?: unknown): UserError {
  return new UserError(message, exitCode.credentials, { cause });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
