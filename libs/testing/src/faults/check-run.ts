import { UserError } from '@ag/model';
import type { FaultType } from '../proxy/fault-kinds.ts';
import type { Call } from '../proxy/call.ts';
import { readerRole } from '../seed/seed-reader.ts';
import { checkGraph } from './check-graph.ts';
import { type Reference, type Violation, attemptsOf, checkScopes } from './check-scopes.ts';
import { type Collection, start } from './collect.ts';
import type { WholeRun } from './fixture.ts';
import type { Snapshot } from '@ag/snapshot';
import { indexGraph } from './graph-index.ts';

/** How a run with a fault came out. */
export type RunOutcome =
  /** As if nothing had happened. */
  | 'recovered'
  /** What was known is kept, and says that it is old. */
  | 'kept'
  /** All is listed, and what could not be read of it is marked. */
  | 'marked'
  /** The run ended at once, and left everything as it was. */
  | 'refused';

export interface Checked {
  readonly outcome: RunOutcome;
  readonly violations: readonly Violation[];
}

export interface Injected {
  readonly type: FaultType;
  readonly call: Call;
}

interface Runs {
  readonly before: Snapshot;
  readonly faultless: WholeRun;
}

/** Precomputed once: what every run is compared with. */
export async function toReference({ before, faultless }: Runs): Promise<Reference> {
  return {
    before: await indexGraph(before),
    faultless: await indexGraph(faultless.snapshot),
    contents: attemptsOf(faultless.contents),
  };
}

/** Compares a run with the state before and with the run without a fault. */
export async function checkRun(reference: Reference, injected: Injected, run: Collection): Promise<Checked> {
  const { type, call } = injected;
  const secrets = checkSecrets(run);
  if (!run.snapshot) return { outcome: 'refused', violations: [...secrets, ...checkRefusal(injected, run.error)] };
  if (run.snapshot.hash === reference.faultless.hash) return { outcome: 'recovered', violations: secrets };

  const after = await indexGraph(run.snapshot);
  const attempts = attemptsOf(run.contents);
  const isVanished = type.kind === 'vanishedItem';
  const violations = [...secrets];
  if (type.recovers) violations.push({ rule: 'recovery', what: `${type.kind} was not recovered from` });
  const gaps = run.contents.flatMap((content) => content.gaps);
  if (!isVanished && !gaps.some(({ action }) => action === call.action)) {
    violations.push({ rule: 'I10', what: `nothing says that ${call.action} could not be read` });
  }
  violations.push(...checkScopes(reference, after, attempts, isVanished));
  violations.push(...(isVanished ? checkVanished(reference, after) : checkGraph(reference, after)));
  const isWhole =
    [...attempts.values()].every(({ state }) => state === 'complete') && attempts.size >= reference.contents.size;
  return { outcome: isWhole ? 'marked' : 'kept', violations };
}

/** Only what cannot even begin may be refused. */
function checkRefusal({ type, call }: Injected, error: unknown): readonly Violation[] {
  const violations: Violation[] = [];
  if (type.recovers) violations.push({ rule: 'recovery', what: `${type.kind} ended the run` });
  if (call.action !== 'sts:GetCallerIdentity' || !(error instanceof UserError)) {
    violations.push({ rule: 'I13', what: `the run ended with ${String(error)}` });
  }
  return violations;
}

/** What was listed and is gone takes nothing else with it. */
function checkVanished(
  { before, faultless }: Reference,
  after: Awaited<ReturnType<typeof indexGraph>>,
): readonly Violation[] {
  const lost = new Set<string>();
  for (const [id, node] of faultless.nodes) {
    if (!before.nodes.has(id)) continue;
    const found = after.nodes.get(id);
    if (node.properties['missingSince'] === undefined && (!found || found.properties['missingSince'] !== undefined)) {
      if (node.labels[0] !== 'Uncollected') lost.add(id.split('#')[0] ?? id);
    }
  }
  return lost.size > 1 ? [{ rule: 'I3', what: `one thing vanished, and so did ${[...lost].join(', ')}` }] : [];
}

// I14. Session tokens and secret keys of the emulator are recognized by their form. An external id stands in trust policies, which
// are no secret, but in no log.
const secretForms = /<SecretAccessKey>|<SessionToken>|FQoGZXIvYXdzE/;

function checkSecrets({ contents, logged, error }: Collection): readonly Violation[] {
  const said = `${logged}${error instanceof Error ? `${error.message}${error.stack ?? ''}` : ''}`;
  const text = `${JSON.stringify(contents)}${said}`;
  const found = text.includes(start.secretAccessKey) || said.includes(readerRole.externalId) || secretForms.test(text);
  return found ? [{ rule: 'I14', what: 'a secret got out' }] : [];
}
