import { type Spoiling, spoil } from './broken-answer.ts';
import type { Call } from './call.ts';
import { type FaultKind, isPagingFault } from './fault-kinds.ts';
import { type PagingFault, createPages } from './pages.ts';
import { type Reply, deniedReply, errorReply, notFoundReply, throttledReply } from './reply.ts';

export type { FaultKind } from './fault-kinds.ts';

/**
 * Which calls fail, and how: those of an action, an account and a region, or all. Without `nth` every one that fits; else the nth,
 * counted from 1. `lasts` then hits the same request again whenever it is sent again.
 */
export interface Fault {
  readonly action?: string;
  readonly account?: string;
  readonly region?: string;
  readonly nth?: number;
  readonly lasts?: 'once' | 'always';
  /** Tells one request by more than its action. */
  readonly fits?: (call: Call) => boolean;
  readonly with: FaultKind;
}

export interface FaultHandle {
  /** Lets calls through again. */
  remove(): void;
}

/** How a call ends instead of being passed on, or what becomes of its answer. */
export type Outcome =
  | { readonly is: 'reply'; readonly reply: Reply }
  | { readonly is: 'hang' | 'reset' | 'resetInBody' | 'dns' | 'tls' }
  | { readonly is: 'amend'; readonly amend: (answer: Reply) => Reply };

export interface Faults {
  add(fault: Fault): FaultHandle;
  find(call: Call): Outcome | undefined;
}

interface Entry {
  readonly fault: Fault;
  seen: number;
  /** The request that was hit, for as long as the fault lasts. */
  hit: string | undefined;
}

export function createFaults(): Faults {
  const active = new Map<symbol, Entry>();
  const pages = createPages();

  function ends(entry: Entry, call: Call): boolean {
    const { action, account, region, nth, lasts = 'once', fits } = entry.fault;
    if (action !== undefined && action !== call.action) return false;
    if (account !== undefined && account !== call.account) return false;
    if (region !== undefined && region !== call.region) return false;
    if (fits && !fits(call)) return false;
    entry.seen += 1;
    if (nth === undefined) return true;
    if (nth === entry.seen) {
      entry.hit = requestOf(call);
      return true;
    }
    return lasts === 'always' && entry.hit === requestOf(call);
  }

  return {
    add(fault) {
      const key = Symbol(fault.action ?? 'any call');
      active.set(key, { fault, seen: 0, hit: undefined });
      return { remove: () => void active.delete(key) };
    },
    find(call) {
      const promised = pages.find(call);
      if (promised) return { is: 'reply', reply: promised };
      for (const entry of active.values()) {
        if (!ends(entry, call)) continue;
        const { with: kind } = entry.fault;
        if (!isPagingFault(kind)) return toOutcome(kind, call);
        return { is: 'amend', amend: (answer) => pages.cut(call, answer, kind) ?? answer };
      }
      return undefined;
    },
  };
}

/** What tells a request from others: everything but who signed it, and when. */
export function requestOf({ account, region, action, form, json, path, query }: Call): string {
  const named = [...form].sort(([a], [b]) => (a < b ? -1 : 1));
  const asked = new URLSearchParams(query);
  asked.sort();
  return JSON.stringify([account, region, action, path, asked.toString(), named, json]);
}

function toOutcome(kind: Exclude<FaultKind, PagingFault>, call: Call): Outcome {
  const who = `arn:aws:iam::${call.account}:role/reader`;
  const message = `User: ${who} is not authorized to perform: ${call.action}`;
  switch (kind) {
    case 'accessDenied':
      return reply(deniedReply(call, message));
    case 'deniedByScp':
      return reply(deniedReply(call, `${message} with an explicit deny in a service control policy`));
    case 'throttle':
      return reply(throttledReply(call));
    case 'requestLimitExceeded':
      return reply(errorReply(call, 'RequestLimitExceeded', 'Request limit exceeded.', 503));
    case 'serverError':
      return reply(errorReply(call, 'InternalFailure', 'We encountered an internal error', 500));
    case 'unavailable':
      return reply(errorReply(call, 'ServiceUnavailable', 'Service is unable to handle request', 503));
    case 'expiredToken':
      return reply(errorReply(call, expiredCode(call), 'The security token included in the request is expired', 403));
    case 'requestExpired':
      return reply(errorReply(call, skewCode(call), 'The request has expired', 403));
    case 'invalidToken':
      return reply(errorReply(call, invalidCode(call), 'The security token in the request is invalid', 403));
    case 'malformed':
      return reply({ status: 200, type: 'text/html', body: '<html>a proxy of somebody else</html>' });
    case 'emptyBody':
      return { is: 'amend', amend: (answer) => ({ ...answer, status: 200, body: '' }) };
    case 'emptyObject':
      return { is: 'amend', amend: (answer) => ({ ...answer, status: 200, body: '{}' }) };
    case 'truncatedBody':
    case 'missingField':
    case 'extraField':
      return spoiled(kind, call);
    case 'vanishedItem':
      return reply(notFoundReply(call));
    case 'timeout':
      return { is: 'hang' };
    case 'reset':
    case 'resetInBody':
    case 'dns':
    case 'tls':
      return { is: kind };
  }
}

function spoiled(how: Spoiling, call: Call): Outcome {
  return { is: 'amend', amend: (answer) => spoil(call, answer, how) };
}

// One thing has three names: https://docs.aws.amazon.com/IAM/latest/UserGuide/security_iam_troubleshoot.html
function expiredCode({ protocol }: Call): string {
  return protocol.includes('json') ? 'ExpiredTokenException' : 'ExpiredToken';
}

function skewCode({ protocol }: Call): string {
  return protocol === 'rest-xml' ? 'RequestTimeTooSkewed' : 'RequestExpired';
}

function invalidCode({ protocol }: Call): string {
  if (protocol === 'rest-xml') return 'InvalidAccessKeyId';
  return protocol.includes('json') ? 'UnrecognizedClientException' : 'InvalidClientTokenId';
}

function reply(of: Reply): Outcome {
  return { is: 'reply', reply: of };
}
