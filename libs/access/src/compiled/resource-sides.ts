import { accountOf } from '@ag/model';
import {
  type Facts,
  type OutcomeTable,
  type Policy,
  type Prepared,
  matchResources,
  needsOf,
  specialOf,
  toArnText,
} from '@ag/policy';
import type { Inventory } from '../inventory.ts';
import { remember } from '../inventory.ts';
import type { CompiledTarget } from './compiled-target.ts';
import type { PrincipalTable, Stance } from './principal-table.ts';
import { type ResourceReading, readResourceSide } from './resource-verdicts.ts';
import type { ServiceIndex } from './service-index.ts';

/** The resource's side of one target, for every principal. */
export interface ResourceSide {
  /** The same number: the side says the same of principals of accounts that own neither resource. */
  readonly key: number;
  /** The account that owns the resource. */
  readonly owner: string | undefined;
  /** The same for two principals of one stance, unless the resource names one of them, or looks at what is a principal's own. */
  readonly isPersonal: boolean;
  /** Principals that the resource's side names each for itself. */
  readonly named: ReadonlySet<number>;
  /** The statements that let someone in, but those of RCPs. */
  readonly allows: readonly Prepared[];
  readFor(principal: number, stance: Stance): ResourceReading;
}

export interface ResourceSides {
  of(target: CompiledTarget, service: ServiceIndex): ResourceSide;
}

/** Answers what resources say about principals; what is the same for several resources and principals is read once. */
export function resourceSides(inventory: Inventory, principals: PrincipalTable, outcomes: OutcomeTable): ResourceSides {
  const readings = new Map<string, ResourceReading>();
  const interned = new Map<string, ResourceReading>();
  const contents = new Map<string, number>();
  const contentOf = remember((statement: Prepared) => numberOf(contentText(statement)));
  const namedBy = remember((statement: Prepared) => namesOf(statement).flatMap((name) => principals.named(name)));
  const rcpsOf = remember((account: string) => (inventory.account(account).rcp ?? []).map(({ policies }) => policies));
  return { of };

  function of(target: CompiledTarget, service: ServiceIndex): ResourceSide {
    const statements = statementsOf(target, service);
    const key = numberOf(textOf(target, statements));
    const named = new Set([...statements.flatMap(({ statement }) => namedBy(statement)), ...grantees(target)]);
    const personal = statements.map(({ statement }) => statement).filter((one) => needsOf(one).principal.length > 0);
    const allows = statements
      .filter(({ statement, layer }) => statement.statement.effect === 'Allow' && !layer.startsWith('rcp'))
      .map(({ statement }) => statement);
    return { key, owner: target.target.account, isPersonal: personal.length > 0, named, allows, readFor };

    function readFor(principal: number, stance: Stance): ResourceReading {
      const own = principal >= principals.collected || named.has(principal) ? `#${principal}` : '';
      const bindings = own === '' ? personal.map((one) => service.binding(one, principal) ?? '-').join('|') : '';
      const within = stance.account === target.target.account ? '=' : '';
      const whole = `${key} ${stance.id}${within}${own}${bindings}`;
      const held = readings.get(whole);
      if (held) return held;
      const read = readResourceSide(inventory, principals, outcomes, principal, target);
      const text = JSON.stringify(read);
      const reading = interned.get(text) ?? { ...read, id: interned.size };
      interned.set(text, reading);
      readings.set(whole, reading);
      return reading;
    }
  }

  function numberOf(text: string): number {
    const held = contents.get(text) ?? contents.size;
    contents.set(text, held);
    return held;
  }

  /** The statements on the resource's side that are about the action and may name the resource. */
  function statementsOf(target: CompiledTarget, service: ServiceIndex): readonly Matched[] {
    const { record, account, action } = target.target;
    const behind = record?.service.s3?.accessPoint?.bucketObjectArn;
    const about = (policy: Policy | undefined, layer: string, arn = target.arn): readonly Matched[] =>
      policy === undefined
        ? []
        : service.about(policy, action).flatMap((statement) => {
            const fit = fitOf(statement, target, arn);
            return fit === 'no' ? [] : [{ statement, layer, fit }];
          });
    const rcps = account === undefined ? [] : rcpsOf(account);
    return [
      // Behind an access point the bucket's policy is asked about the bucket (S34).
      ...about(record?.policy, 'resource', behind),
      ...about(record?.accessPoint, 'accessPoint'),
      ...rcps.flatMap((policies, level) => policies.flatMap((policy) => about(policy, `rcp${level}`))),
    ];
  }

  /** Whatever the side depends on besides the principal and whether it is of the owner's account, as a text. */
  function textOf(target: CompiledTarget, statements: readonly Matched[]): string {
    const { record, account, action, unread } = target.target;
    const { s3, kms } = record?.service ?? {};
    const levels = account === undefined ? [] : rcpsOf(account);
    const isOpen = statements.some(({ statement, fit }) => fit === 'open' || needsOf(statement).hasVariables);
    const isVirtual = record?.accessPoint !== undefined || s3?.accessPoint !== undefined || kms?.grants?.length;
    const owner = account === undefined ? undefined : inventory.account(account);
    return [
      action.service,
      specialOf(action.name, target.arn),
      String(target.wildcardOnly),
      account === undefined ? 'unowned' : owner?.management === true ? 'management' : '',
      shapeOf(target),
      levels.length,
      statements
        .map(({ statement, layer }) => {
          const { resource } = needsOf(statement);
          return `${layer} ${contentOf(statement)}${resource.length > 0 ? target.statesOf(resource) : ''}`;
        })
        .join(';'),
      // A policy may be there and say nothing here: what is not modelled takes its place only where there is none.
      record?.policy ? 'policy' : '',
      s3 || kms ? JSON.stringify([s3 && withoutIgnoredAcl(s3), kms]) : '',
      unread.length > 0 || (owner?.unread.length ?? 0) > 0
        ? JSON.stringify([unread, record?.unread, record?.named.anyone, owner?.unread])
        : '',
      target.statesOf(regionKeys),
      // What is compared with the whole name is not the same for another.
      isOpen || isVirtual ? target.arn : '',
    ].join('\n');
  }

  function grantees(target: CompiledTarget): readonly number[] {
    const grants = target.target.record?.service.kms?.grants ?? [];
    return grants.flatMap(({ granteePrincipal, retiringPrincipal }) => [
      ...principals.named(granteePrincipal),
      ...(retiringPrincipal === undefined ? [] : principals.named(retiringPrincipal)),
    ]);
  }
}

/** Where the owner is enforced, nobody asks the ACL (S33). */
function withoutIgnoredAcl(s3: NonNullable<Facts['s3']>): NonNullable<Facts['s3']> {
  return s3.objectOwnership === 'BucketOwnerEnforced' ? { ...s3, bucketAcl: [] } : s3;
}

interface Matched {
  readonly statement: Prepared;
  readonly layer: string;
  readonly fit: 'yes' | 'open';
}

const regionKeys = ['aws:requestedregion'];

/** Whether a statement names a resource; `open` where variables decide. */
function fitOf(statement: Prepared, target: CompiledTarget, arn: string): 'yes' | 'no' | 'open' {
  if (needsOf(statement).hasVariables) return 'open';
  const arnText = arn === target.arn ? target.arnText : toArnText(arn);
  const wildcardOnly = target.wildcardOnly;
  const known = { of: () => ({ is: 'unknown' as const }), namesUnder: () => [] };
  return matchResources(statement, { arn, arnText, wildcardOnly, known }).is === 'false' ? 'no' : 'yes';
}

/** A statement without the name of the resource and the actions, which fit already. */
function contentText({ statement, version, isMisplaced, hasJunk }: Prepared): string {
  const { effect, principals, notPrincipals, conditions } = statement;
  return JSON.stringify([version, effect, principals, notPrincipals, conditions, isMisplaced, hasJunk]);
}

function namesOf({ statement: { principals, notPrincipals } }: Prepared): readonly string[] {
  return [...(principals?.aws ?? []), ...(notPrincipals?.aws ?? [])];
}

/** What services and what is not modelled look at in a name: its type, and whether it names the owner. */
function shapeOf({ arn, target }: CompiledTarget): string {
  const [, partition = '', service = '', region = '', , ...rest] = arn.split(':');
  const named = accountOf(arn);
  const owner = named === undefined ? '-' : named === target.account ? '=' : named;
  return [partition, service, region === '' ? '' : 'r', owner, typeOf(service, rest.join(':'), arn)].join(' ');
}

function typeOf(service: string, resource: string, arn: string): string {
  if (service === 's3') return /:accesspoint[/:]/.test(arn) ? arn : '';
  const type = /^(\/?[^/:]*)[/:]/.exec(resource)?.[1];
  // Queues and topics have nothing but a name.
  return type ?? (service === 'sqs' || service === 'sns' ? '' : resource);
}
