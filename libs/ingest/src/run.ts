import type { Connection } from '@ag/connect';
import type { Gap, Place, ScopeContent, ScopeState } from '@ag/model';
import { type Reader, type Registry, type ResourceDefinition } from '@ag/resource';
import type { AwsClients } from './aws-clients.ts';
import type { EmptyPlaces } from './empty-places.ts';
import type { RunMemory } from './run-memory.ts';
import type { ScpWatch } from './scp-watch.ts';
import { type Attempted, toUnreadContent } from './scope-content.ts';

/** A log that takes a constant message and data; pino's loggers are such. */
export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
}

/** What every part of one ingest needs. */
export interface Run {
  readonly connection: Connection;
  readonly registry: Registry;
  readonly clients: AwsClients;
  readonly memory: RunMemory;
  readonly scpWatch: ScpWatch;
  readonly emptyPlaces: EmptyPlaces;
  readonly signal: AbortSignal;
  readonly log: Log;
  now(): string;
  /** Is told how many scopes an account has, as soon as that is known. */
  expect(scopes: number): void;
  /** Remembers a scope's content and hands it on. */
  emit(content: ScopeContent): Promise<void>;
}

/** What is read in one place: a definition or a reader. */
export type Source =
  | { readonly kind: 'definition'; readonly definition: ResourceDefinition }
  | { readonly kind: 'reader'; readonly reader: Reader };

/** Definitions and readers of places of one kind. */
export function sourcesOf({ definitions, readers }: Registry, scope: Reader['scope']): readonly Source[] {
  return [
    ...definitions
      .filter((one) => one.scope === scope)
      .map((definition) => ({ kind: 'definition' as const, definition })),
    ...readers.filter((one) => one.scope === scope).map((reader) => ({ kind: 'reader' as const, reader })),
  ];
}

/** The labels of the scopes that a source answers for. */
export function labelsOf(source: Source): readonly string[] {
  switch (source.kind) {
    case 'definition':
      return [source.definition.label];
    case 'reader':
      return source.reader.types.map(({ label }) => label);
  }
}

/** The action by which a source begins. */
export function firstActionOf(source: Source): string {
  switch (source.kind) {
    case 'definition':
      return source.definition.list.action;
    case 'reader':
      return source.reader.actions[0] ?? '*:*';
  }
}

/** The IAM prefix of the actions that a source begins with. */
export function serviceOf(source: Source): string {
  const [service = ''] = firstActionOf(source).split(':');
  return service;
}

export interface Unread {
  readonly state: ScopeState;
  readonly reason: Gap['reason'];
  readonly message: string;
  /** The action that failed; the source's own where none did. */
  readonly action?: string;
}

/** Hands on that nothing was read of these sources in a place, so that what was known of it is kept, and visibly old. */
export async function emitUnread(run: Run, place: Place, sources: readonly Source[], unread: Unread): Promise<void> {
  const { state, reason, message } = unread;
  const attempted: Attempted = { connection: run.connection.name, place, readAt: run.now() };
  for (const source of sources) {
    const action = unread.action ?? firstActionOf(source);
    for (const resource of labelsOf(source)) {
      await run.emit(toUnreadContent(attempted, { resource, state, gap: { action, reason, message } }));
    }
  }
}

export const interrupted: Unread = { state: 'skipped', reason: 'notCollected', message: 'the run was interrupted' };

/** Where a service control policy closes a region, the rest of it is told and not asked. */
export const closedByScp: Unread = {
  state: 'deniedByScp',
  reason: 'deniedByScp',
  message: 'not asked: a service control policy denies everything that was asked in the region',
};
