import type { Snapshot } from '@ag/snapshot';
import { type MemoryStore, openMemoryStore } from '@ag/snapshot';
import type { Call } from '../proxy/call.ts';
import { startFaultProxy } from '../proxy/fault-proxy.ts';
import { type Seeded, seed } from '../seed/seed.ts';
import { changeCompany } from './change-company.ts';
import { type Collection, type CollectOptions, collect } from './collect.ts';
import { type Recording, createRecorder } from './recording.ts';
import { smallCompany } from './small-company.ts';
import { openTransport } from './transport.ts';

/** What every run of the loop is made from. */
export interface Fixture {
  readonly seeded: Seeded;
  /** The company as it was, and as it is. */
  readonly past: Recording;
  readonly present: Recording;
  /** Calls of a run without a fault, in order. */
  readonly calls: readonly Call[];
}

export const firstRun = { id: '20261124T080000-first', startedAt: '2026-11-24T08:00:00.000Z' };
export const secondRun = { id: '20261124T090000-second', startedAt: '2026-11-24T09:00:00.000Z' };

/** Builds the small company in an emulator, reads it, lets it change, reads it again, and keeps every answer. */
export async function makeFixture(emulator: string): Promise<Fixture> {
  const seeded = await seed({ endpoint: emulator, company: smallCompany });
  const past = await record(emulator, seeded);
  await changeCompany(emulator, seeded);
  const present = await record(emulator, seeded);

  const { calls } = await replay({ store: openMemoryStore(), past, present });
  return { seeded, past, present, calls };
}

export interface ReplayOptions
  extends Pick<Fixture, 'past' | 'present'>, Pick<CollectOptions, 'registry' | 'accounts'> {
  readonly store: MemoryStore;
}

/** The two runs without a fault, over what was recorded. */
export async function replay({ store, past, present, ...read }: ReplayOptions) {
  const { snapshot: before } = await wholeRun({ ...read, store, run: firstRun, transport: openTransport(past) });
  const transport = openTransport(present);
  const faultless = await wholeRun({ ...read, store, run: secondRun, previous: before, transport });
  return { before, faultless, calls: transport.calls };
}

/** A run that came to its end. */
export type WholeRun = Collection & { readonly snapshot: Snapshot };

async function record(emulator: string, seeded: Seeded): Promise<Recording> {
  const recorder = createRecorder();
  const proxy = await startFaultProxy({ upstream: emulator, seeded, onAnswer: recorder.add });
  try {
    await wholeRun({ store: openMemoryStore(), run: firstRun, endpointUrl: proxy.endpoint });
    // What is asked for only where the listing of AWS's managed policies fails.
    const fits = (call: Call) => [...call.form.values()].includes('AWSManagedPolicy');
    proxy.fail({ fits, with: 'accessDenied' });
    await wholeRun({ store: openMemoryStore(), run: firstRun, endpointUrl: proxy.endpoint });
  } finally {
    await proxy.stop();
  }
  return recorder.finish();
}

async function wholeRun(options: Parameters<typeof collect>[0]): Promise<WholeRun> {
  const { snapshot, ...rest } = await collect(options);
  if (!snapshot) throw new Error('the collection without a fault failed', { cause: rest.error });
  return { ...rest, snapshot };
}
