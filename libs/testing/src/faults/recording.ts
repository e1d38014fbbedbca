import { openListing } from '../proxy/listing.ts';
import type { Call } from '../proxy/call.ts';
import { requestOf } from '../proxy/faults.ts';
import type { Reply } from '../proxy/reply.ts';

/** Answers by request, as the emulator gave them. */
export interface Recording {
  readonly answers: ReadonlyMap<string, Reply>;
  find(call: Call): Reply | undefined;
}

export interface Recorder {
  add(call: Call, answer: Reply): void;
  finish(): Recording;
}

/** Keeps the first answer to each request. */
export function createRecorder(): Recorder {
  const answers = new Map<string, Reply>();
  return {
    add: (call, answer) => {
      const request = requestOf(call);
      if (!answers.has(request)) answers.set(request, answer);
    },
    finish: () => toRecording(withoutUnused(answers)),
  };
}

// The emulator lists all of AWS's managed policies, six megabytes, where AWS lists those that somebody has.
function withoutUnused(answers: ReadonlyMap<string, Reply>): ReadonlyMap<string, Reply> {
  const isLarge = (body: string) => body.length > 1_000_000;
  const used = new Set<string>();
  for (const { body } of answers.values()) {
    if (!isLarge(body)) for (const [arn] of body.matchAll(/arn:aws:iam::aws:policy\/[\w/-]+/g)) used.add(arn);
  }
  return new Map(
    [...answers].map(([request, answer]) => [request, isLarge(answer.body) ? trim(answer, used) : answer]),
  );
}

function trim(answer: Reply, used: ReadonlySet<string>): Reply {
  const call = { service: 'iam', operation: 'GetAccountAuthorizationDetails', protocol: 'query' } as const;
  const listing = openListing(call, answer.body);
  if (!listing) return answer;
  const isUsed = (item: unknown) =>
    [...JSON.stringify(item).matchAll(/arn:aws:iam::aws:policy\/[\w/-]+/g)].some(([arn]) => used.has(arn));
  return { ...answer, body: listing.print({ lists: listing.lists.map((list) => list.filter(isUsed)) }) };
}

export function toRecording(answers: ReadonlyMap<string, Reply>): Recording {
  return { answers, find: (call) => answers.get(requestOf(call)) };
}
