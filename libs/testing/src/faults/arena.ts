import { registry as everything } from '@ag/collectors';
import { type Registry, type ResourceDefinition, actionsOf } from '@ag/resource';
import { type MemoryStore, type Snapshot, openMemoryStore } from '@ag/snapshot';
import type { Call } from '../proxy/call.ts';
import { toReference } from './check-run.ts';
import type { Reference } from './check-scopes.ts';
import { type Fixture, replay } from './fixture.ts';

/** What runs with a fault are made of: what is read, what was known before, and what comes of it without a fault. */
export interface Arena {
  readonly registry: Registry;
  readonly accounts: readonly string[] | undefined;
  readonly store: MemoryStore;
  readonly before: Snapshot;
  readonly reference: Reference;
  /** How many calls the run without a fault takes. */
  readonly calls: number;
}

export interface Arenas {
  /** Everything that is read. */
  readonly whole: Arena;
  /**
   * As little as shows all that a fault of the call can do: what asks it, and what builds on that. Whatever else is read does not
   * know of it; that this is so, runs in the whole arena show.
   */
  around(call: Call): Promise<Arena>;
}

/** Makes an arena when it is first fought in. */
export async function openArenas(fixture: Fixture, registry: Registry = everything): Promise<Arenas> {
  const made = new Map<string, Promise<Arena>>();
  const accounts = Object.values(fixture.seeded.accounts).sort();

  function open(name: string, of: Registry, chosen?: readonly string[]): Promise<Arena> {
    const known = made.get(name) ?? make(fixture, of, chosen);
    made.set(name, known);
    return known;
  }

  return {
    whole: await open('everything', registry),
    around: (call) => {
      const asking = registry.definitions.filter((definition) =>
        actionsOf(definition).some((one) => one === call.action),
      );
      const isOfReader = registry.readers.some(({ actions }) => actions.some((one) => one === call.action));
      if (asking.length > 0 && !isOfReader) {
        return open(asking.map(({ label }) => label).join(' '), { definitions: asking, readers: [] }, accounts);
      }
      // Readers build on each other; a few definitions show what becomes of accounts, roles and regions.
      return open('readers', { ...registry, definitions: registry.definitions.filter(isWitness) });
    },
  };
}

const witnesses = new Set(['Ec2Instance', 'SqsQueue', 'SamlProvider']);

function isWitness({ label }: ResourceDefinition): boolean {
  return witnesses.has(label);
}

async function make({ past, present }: Fixture, registry: Registry, accounts?: readonly string[]): Promise<Arena> {
  const store = openMemoryStore();
  const { before, faultless, calls } = await replay({ store, past, present, registry, accounts });
  return {
    registry,
    accounts,
    store,
    before,
    reference: await toReference({ before, faultless }),
    calls: calls.length,
  };
}
