import type { Call } from './call.ts';
import { type Reply, deniedReply, errorReply, throttledReply } from './reply.ts';

/** What happens to a chosen call. */
export type FaultKind = 'accessDenied' | 'deniedByScp' | 'timeout' | 'throttle' | 'serverError' | 'reset' | 'malformed';

/** Which calls fail, and how. Without `nth` every one; else only the nth that fits, counted from 1. */
export interface Fault {
  readonly action: string;
  readonly account?: string;
  readonly region?: string;
  readonly nth?: number;
  readonly with: FaultKind;
}

export interface FaultHandle {
  /** Lets calls through again. */
  remove(): void;
}

/** How a call ends instead of being passed on. */
export type Outcome =
  { readonly is: 'reply'; readonly reply: Reply } | { readonly is: 'hang' } | { readonly is: 'reset' };

export interface Faults {
  add(fault: Fault): FaultHandle;
  find(call: Call): Outcome | undefined;
}

export function createFaults(): Faults {
  const active = new Map<symbol, { readonly fault: Fault; seen: number }>();
  return {
    add(fault) {
      const key = Symbol(fault.action);
      active.set(key, { fault, seen: 0 });
      return { remove: () => void active.delete(key) };
    },
    find(call) {
      for (const entry of active.values()) {
        const { action, account, region, nth, with: kind } = entry.fault;
        if (action !== call.action) continue;
        if (account !== undefined && account !== call.account) continue;
        if (region !== undefined && region !== call.region) continue;
        entry.seen += 1;
        if (nth === undefined || nth === entry.seen) return toOutcome(kind, call);
      }
      return undefined;
    },
  };
}

function toOutcome(kind: FaultKind, call: Call): Outcome {
  const who = `arn:aws:iam::${call.account}:role/reader`;
  switch (kind) {
    case 'accessDenied':
      return reply(deniedReply(call, `User: ${who} is not authorized to perform: ${call.action}`));
    case 'deniedByScp':
      return reply(
        deniedReply(
          call,
          `User: ${who} is not authorized to perform: ${call.action} with an explicit deny in a service control policy`,
        ),
      );
    case 'throttle':
      return reply(throttledReply(call));
    case 'serverError':
      return reply(errorReply(call, 'InternalFailure', 'We encountered an internal error', 500));
    case 'malformed':
      return reply({ status: 200, type: 'text/html', body: '<html>a proxy of somebody else</html>' });
    case 'timeout':
      return { is: 'hang' };
    case 'reset':
      return { is: 'reset' };
  }
}

function reply(of: Reply): Outcome {
  return { is: 'reply', reply: of };
}
