import { type Outcome, type Principal, accountOf } from '@ag/model';
import { decide } from '../decide.ts';
import { rcpExemption } from '../layers/gates.ts';
import type { Asked } from '../layers/match-statement.ts';
import { type ArnText, toArnText } from '../match/arn-pattern.ts';
import { remember } from '../match/remember.ts';
import type { Facts, Knowledge, PolicySet, Request } from '../types.ts';
import { toClosedContext } from './closed-context.ts';
import { type CompiledLayers, compileLayers } from './compile-layers.ts';

/** What stays the same over many requests. */
export interface Setting {
  readonly principal: Principal;
  readonly policies: PolicySet;
  readonly facts?: Facts;
}

/** What changes from one request to the next. */
export type Ask = Pick<Request, 'action' | 'resource' | 'wildcardOnlyAction'>;

/** Decides one request of a setting: the outcome alone. */
export type DecideOutcome = (ask: Ask, knowledge: Knowledge) => Outcome;

/**
 * Prepares everything that does not change from request to request, for callers that need many outcomes and no reasons. The
 * outcome is always that of `decide`, which is asked itself wherever the outcome hangs on more than policies in a closed
 * context: on what is open or unread, and on what services do of their own.
 */
export function compileDecision(setting: Setting): DecideOutcome {
  const { principal, policies, facts = {} } = setting;
  const refer: DecideOutcome = (ask, knowledge) =>
    decide({ request: { principal, ...ask }, policies, facts, knowledge }).outcome;
  const layers = compileLayers(principal, policies, facts);
  if (!layers) return refer;
  const account = 'account' in principal ? principal.account : undefined;
  const actionOf = remember((action) => toAction(action, facts), 256);
  const targetOf = remember(toTarget, 1024);
  const tags = tagsOf(facts);
  return (ask, knowledge) => {
    const { name, service, isOrdinary } = actionOf(ask.action);
    const { text, isPlain } = targetOf(ask.resource.arn);
    const owner = ask.resource.account ?? accountOf(ask.resource.arn);
    const wildcardOnly = ask.wildcardOnlyAction === true || ask.resource.arn === '*';
    if (!isOrdinary || !isPlain || owner === undefined || !isClosed(knowledge)) return refer(ask, knowledge);
    const asked: Asked = {
      actionName: name,
      arn: ask.resource.arn,
      arnText: text,
      wildcardOnly,
      known: toClosedContext(knowledge.context, tags),
    };
    const reach = {
      isWithin: account !== undefined && (wildcardOnly || account === owner),
      hasRcp: rcpExemption({ facts, action: ask.action, arn: ask.resource.arn, service, wildcardOnly }) === undefined,
    };
    return judge(layers, asked, reach) ?? refer(ask, knowledge);
  };
}

interface Reach {
  /** Caller and resource are of one account. */
  readonly isWithin: boolean;
  readonly hasRcp: boolean;
}

/** `undefined` where the outcome hangs on what is open. */
function judge(layers: CompiledLayers, asked: Asked, { isWithin, hasRcp }: Reach): Outcome | undefined {
  let isOpen = false;
  for (const deny of hasRcp ? layers.denies : layers.deniesWithoutRcp) {
    const denied = deny(asked);
    if (denied === true) return 'explicitlyDenied';
    isOpen ||= denied === undefined;
  }
  if (isOpen) return undefined;
  const gates = hasRcp ? layers.gates : layers.gatesWithoutRcp;
  for (const gate of gates) {
    const allowed = gate(asked);
    if (allowed === false) return 'implicitlyDenied';
    if (allowed === undefined) return undefined;
  }
  const access = isWithin ? layers.within(asked) : layers.across(asked);
  return access === undefined ? undefined : access ? 'allowed' : 'implicitlyDenied';
}

// What these services do of their own is the reference's to know.
const special = new Set(['iam', 'sts', 'kms', 's3-object-lambda', 'ec2', 'route53resolver', 'rds']);

function toAction(action: string, { s3 }: Facts) {
  const name = action.toLowerCase();
  const service = name.slice(0, name.indexOf(':'));
  return { name, service, isOrdinary: !special.has(service) && !(service === 's3' && s3) };
}

function toTarget(arn: string): { readonly text: ArnText; readonly isPlain: boolean } {
  return { text: toArnText(arn), isPlain: !/:accesspoint[/:]|:s3-object-lambda:/.test(arn) };
}

function isClosed({ rest, present, absent, absentPrefixes, sessionName, sessionTags }: Knowledge): boolean {
  return (
    rest === 'absent' &&
    !present &&
    !absent &&
    !absentPrefixes &&
    sessionName !== 'unknown' &&
    sessionTags !== 'unknown'
  );
}

function tagsOf({ principal }: Facts): Readonly<Record<string, string>> {
  return { ...principal?.tags, ...principal?.sessionTags };
}
