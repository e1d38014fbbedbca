import type { Connection } from '@ag/connect';
import { scopeStates } from '@ag/model';
import { type KeptContent } from '@ag/snapshot';
import { z } from 'zod';

/** Everything of ours in a Redis begins so. */
export const redisPrefix = 'accessgraph';

/** The queue of a connection: whoever takes from it gets into the same accounts in the same way. */
export function queueNameOf({ name, account }: Pick<Connection, 'name' | 'account'>): string {
  return `units-${name}-${account}`;
}

/** Names of what we keep in Redis beside the queue. */
export function keysOf(queue: string) {
  return {
    run: (id: string) => `${redisPrefix}:${queue}:run:${id}`,
    worker: `${redisPrefix}:${queue}:worker`,
    lock: (account: string, service: string) => `${redisPrefix}:${queue}:lock:${account}:${service}`,
  };
}

/** How long is waited for what; a loader or worker that is silent for longer is taken for dead. All in milliseconds. */
export interface Timings {
  /** How long a worker holds a unit, or a service, without a sign of life. */
  readonly hold: number;
  /** How often it is looked for units whose worker died. */
  readonly stalled: number;
  /** How often a loader and a worker say that they live, and how long that holds. */
  readonly pulse: number;
  readonly pulseHolds: number;
  /** How long a service rests before another worker reads it: what one bucket of calls refills in. */
  readonly rest: number;
  /** How long a loader waits for a Redis that it lost, and for a worker where there is none. */
  readonly lost: number;
  readonly noWorker: number;
}

export const usualTimings: Timings = {
  hold: 15_000,
  stalled: 5_000,
  pulse: 5_000,
  pulseHolds: 30_000,
  rest: 1_000,
  lost: 15_000,
  noWorker: 60_000,
};

/** What a run says of itself to workers; who finds nothing of it drops its units. */
export const runSchema = z.object({ accounts: z.array(z.string()) });

/** One unit as it goes through Redis: names and ids only, since a queue is no place for secrets. */
export const jobSchema = z.object({
  run: z.string(),
  service: z.string(),
  place: z.object({ partition: z.string(), account: z.string(), region: z.string() }),
  regions: z.array(z.string()),
});
export type UnitJob = z.infer<typeof jobSchema>;

const refSchema = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), lines: z.number() });
const keptSchema = z.object({
  scope: z.object({ connection: z.string(), place: jobSchema.shape.place, resource: z.string() }),
  state: z.enum(scopeStates),
  readAt: z.string(),
  content: refSchema.optional(),
  gaps: refSchema.optional(),
});

/** What came of a unit, small: contents and gaps lie in the store. `dropped` where its run was not there any more. */
export const resultSchema = z.union([
  z.object({ dropped: z.literal(true) }),
  z.object({ scopes: z.array(keptSchema), calls: z.record(z.string(), z.record(z.string(), z.number())) }),
]);
export type UnitResult = z.infer<typeof resultSchema>;

/** A scope's reference as it came through Redis. */
export function toKept({ content, gaps, ...kept }: z.infer<typeof keptSchema>): KeptContent {
  return { ...kept, ...(content && { content }), ...(gaps && { gaps }) };
}
