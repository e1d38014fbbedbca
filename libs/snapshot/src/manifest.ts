import { createHash } from 'node:crypto';
import { type RunInfo, type ScopeRecord, scopeKey } from '@ag/model';
import type { ObjectRef } from './objects.ts';
import type { Storage } from './storage.ts';

/** What a run consists of. Written last and at once: a run without it never happened. */
export interface Manifest {
  readonly format: 1;
  readonly run: RunInfo;
  /** Each scope with its content as it was read, by scope. */
  readonly scopes: readonly KeptScope[];
  /** The closed graph that follows from the scopes. */
  readonly nodes: ObjectRef;
  readonly edges: ObjectRef;
  readonly computed: Readonly<Record<string, { readonly nodes: ObjectRef; readonly edges: ObjectRef }>>;
}

/** One scope's content and what is known of it. */
export interface KeptScope {
  readonly record: ScopeRecord;
  /** Whether the content came from a complete attempt; then a broken one never takes its place. */
  readonly whole: boolean;
  /** `undefined` where the scope is empty. */
  readonly content?: ObjectRef;
  /** A complete reading that lacked too much to be believed at once; `content` is what was known before it. */
  readonly held?: HeldReading;
}

/** What a complete attempt brought that waits to be confirmed. */
export interface HeldReading extends Pick<ScopeRecord, 'readInRun' | 'readInNumber' | 'readAt'> {
  /** `undefined` where it brought nothing. */
  readonly content?: ObjectRef;
}

/** Of the content alone: not of the run, and not of the time. */
export function hashOf(manifest: Manifest): string {
  const content = {
    nodes: manifest.nodes.sha256,
    edges: manifest.edges.sha256,
    scopes: manifest.scopes.map(({ record }) => [scopeKey(record.scope), record.state, record.gaps]),
    computed: Object.entries(manifest.computed)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { nodes, edges }]) => [name, nodes.sha256, edges.sha256]),
  };
  return sha256(JSON.stringify(content));
}

/** Every object that the run needs, each once. */
export function objectsOf(manifest: Manifest): readonly ObjectRef[] {
  const refs = [
    manifest.nodes,
    manifest.edges,
    ...manifest.scopes.flatMap(({ content, held }) => [content ?? [], held?.content ?? []].flat()),
    ...Object.values(manifest.computed).flatMap(({ nodes, edges }) => [nodes, edges]),
  ];
  return [...new Map(refs.map((ref) => [ref.sha256, ref])).values()];
}

/** Writes a manifest so that a reader sees the old one, the new one or none, never a part. */
export async function writeManifest(storage: Storage, manifest: Manifest): Promise<void> {
  const body = JSON.stringify(manifest);
  await storage.writeText(nameOf(manifest.run.id), `${sha256(body)}\n${body}\n`);
}

export type ReadManifest =
  { readonly ok: true; readonly manifest: Manifest } | { readonly ok: false; readonly reason: string };

/** Reads a run's manifest, or says why it does not count. */
export async function readManifest(storage: Storage, run: string): Promise<ReadManifest> {
  const text = await storage.readText(nameOf(run));
  if (text === undefined) return { ok: false, reason: 'it was never finished' };
  const end = text.indexOf('\n');
  const body = text.slice(end + 1).trimEnd();
  if (end !== 64 || sha256(body) !== text.slice(0, end)) return { ok: false, reason: 'its manifest is damaged' };
  const manifest: unknown = JSON.parse(body);
  if (!isManifest(manifest)) return { ok: false, reason: 'its manifest has a format that this program does not know' };
  return { ok: true, manifest };
}

// The checksum has proven that a program of ours wrote it; what remains to be known is which format.
function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 1;
}

function nameOf(run: string): string {
  return `runs/${run}/manifest.json`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
