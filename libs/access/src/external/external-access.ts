import { compareText, type Decision, exitCode, findArn, type GraphNode, UserError } from '@ag/model';
import { matchesAction } from '@ag/policy';
import type { CatalogueAction } from '../catalogue.ts';
import { type Rank, rankOf } from '../combine.ts';
import type { Engine } from '../engine.ts';
import type { Inventory } from '../inventory.ts';
import { serviceOfPolicy } from '../policy-sources.ts';
import { gapsOfExternal } from '../relevant-gaps.ts';
import { makeTarget, type Target } from '../target.ts';
import { decideFor } from '../to-question.ts';
import { arnsOf } from '../what-targets.ts';
import { type Border, borderOf } from './border.ts';
import { mayActForOutsiders } from './on-behalf.ts';
import { type Outsider, type OutsiderKind, outsidersOf } from './outsiders.ts';
import type { ExternalAccessAnswer, ExternalAccessQuestion, ExternalRow } from './question.ts';
import { type Sharing, sharingsOf } from './sharing.ts';
import { roleWarnings } from './warnings.ts';

/**
 * Everything that is reached from outside the organization, by resource.
 *
 * What counts as outside: anyone; any AWS account; accounts, principals and organizations that are neither collected, nor in
 * the tree of the organization, nor trusted; identity providers, whose users AWS does not know (but not Identity Center's, and
 * not the issuer of a collected cluster); and a service where nothing says for whom it may act, since anyone could have it do
 * so. A service that a role trusts does not count: only principals of the role's own account can pass it to a service.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 *
 * What stands against it (RCPs, blocks of public access, denials) is decided by the evaluator, action by action.
 */
export function externalAccess({ inventory }: Engine, question: ExternalAccessQuestion): ExternalAccessAnswer {
  check(inventory, question);
  const border = borderOf(inventory, question.trusted);
  const rows = inventory.data.labelled('AwsResource').flatMap((node) => rowsOf(inventory, border, node, question));
  return { rows: rows.sort(compareRows), asOf: inventory.data.run, gaps: gapsOfExternal(inventory) };
}

function rowsOf(
  inventory: Inventory,
  border: Border,
  node: GraphNode,
  question: ExternalAccessQuestion,
): readonly ExternalRow[] {
  const record = inventory.resource(node);
  const account = record.account?.id;
  if (record.missingSince !== undefined || node.id.includes('#')) return [];
  if (question.account !== undefined && question.account !== account) return [];
  // What another account shares with us is not ours to answer for.
  if (account !== undefined && !border.isInsideAccount(account)) return [];
  const ofNode = { ...(account !== undefined && { account }), service: findArn(node.id)?.service ?? '' };
  if (question.service !== undefined && question.service !== ofNode.service) return [];
  const granted = outsidersOf(inventory, border, record).length > 0 || record.accessPoint !== undefined;
  const arns = granted || node.labels.includes('S3AccessPoint') ? arnsOf(node) : [];
  return [
    ...arns.flatMap((arn) => grantedRows({ inventory, border, node, question, arn, ofNode })),
    ...sharingsOf(inventory, border, node).flatMap((one) => sharedRow(inventory, node, one, question, ofNode)),
  ];
}

type OfNode = Pick<ExternalRow, 'account' | 'service'>;

interface Asked {
  readonly inventory: Inventory;
  readonly border: Border;
  readonly node: GraphNode;
  readonly question: ExternalAccessQuestion;
  readonly arn: string;
  readonly ofNode: OfNode;
}

/** Rows of what policies, ACLs and grants give: actions that are decided alike for one outsider are one row. */
function grantedRows({ inventory, border, node, question, arn, ofNode }: Asked): readonly ExternalRow[] {
  const rows = new Map<string, ExternalRow>();
  for (const action of inventory.catalogue.applicable(arn)) {
    if (action.service !== serviceOfPolicy(node) || !isWanted(action, question)) continue;
    const target = makeTarget(inventory, action, arn, node);
    if (!target.record || !mayGrant(target)) continue;
    const wider = new Set<string>();
    for (const outsider of outsidersOf(inventory, border, target.record)) {
      const row = decideRow(inventory, border, node, outsider, target);
      if (!row || !isCertainEnough(row, question)) continue;
      // Who is let in as part of everyone is not told once more.
      const decided = JSON.stringify(row.decision);
      if (wider.has(decided)) continue;
      if (row.isPublic) wider.add(decided);
      const key = `${row.from.id} ${decided}`;
      const held = rows.get(key) ?? { ...ofNode, ...row, resource: arn, actions: [] };
      rows.set(key, { ...held, actions: [...held.actions, { action: action.name, level: action.level }] });
    }
  }
  return [...rows.values()];
}

function decideRow(
  inventory: Inventory,
  border: Border,
  node: GraphNode,
  outsider: Outsider,
  target: Target,
): Pick<ExternalRow, 'from' | 'kind' | 'isPublic' | 'decision' | 'warnings'> | undefined {
  const { kind, record } = outsider;
  const isRole = node.labels.includes('IamRole');
  if (kind === 'service' && isRole) return undefined;
  const decision = withoutPretended(inventory, decideFor(inventory, record, target));
  if (rankOf(decision) === undefined) return undefined;
  if (kind === 'service' && !mayActForOutsiders(inventory, border, decision)) return undefined;
  const warnings = isRole ? roleWarnings(outsider, decision) : [];
  return { from: record.ref, kind, isPublic: isPublic(kind), decision, warnings };
}

/** The policies of an account that nobody collected are only supposed; what they allow is no grant of ours. */
function withoutPretended({ allowAll }: Inventory, decision: Decision): Decision {
  if (decision.outcome !== 'allowed' && decision.outcome !== 'conditional') return decision;
  const grants = decision.grants.filter((grant) => grant.by !== 'statement' || grant.statement.policy !== allowAll.id);
  return { ...decision, grants };
}

/** Whether the resource's own side holds anything that could allow the action. */
function mayGrant({ record, unread, action }: Target): boolean {
  if (unread.length > 0 || !record) return true;
  if (record.service.s3?.bucketAcl?.length || record.service.kms?.grants?.length) return true;
  return [record.policy, record.accessPoint].some((policy) =>
    policy?.document.statements.some(
      ({ effect, actions, notActions = [] }) =>
        effect === 'Allow' &&
        (actions
          ? actions.some((pattern) => matchesAction(pattern, action.name))
          : !notActions.some((pattern) => matchesAction(pattern, action.name))),
    ),
  );
}

function sharedRow(
  { catalogue }: Inventory,
  node: GraphNode,
  { from, kind, actions, decision, sentence, warnings }: Sharing,
  question: ExternalAccessQuestion,
  ofNode: OfNode,
): readonly ExternalRow[] {
  const wanted = actions.flatMap((name) => catalogue.find(name) ?? []).filter((action) => isWanted(action, question));
  // Which actions a share gives may not be known; then it may give those that are asked about.
  if (actions.length > 0 && wanted.length === 0) return [];
  const row: ExternalRow = {
    ...ofNode,
    resource: node.id,
    from,
    kind,
    isPublic: isPublic(kind),
    actions: wanted.map(({ name, level }) => ({ action: name, level })),
    decision,
    sharing: sentence,
    warnings,
  };
  return isCertainEnough(row, question) ? [row] : [];
}

function isPublic(kind: OutsiderKind): boolean {
  return kind === 'anyone' || kind === 'anyAccount';
}

function isWanted({ level }: CatalogueAction, question: ExternalAccessQuestion): boolean {
  return question.level === undefined || question.level.toLowerCase() === level.toLowerCase();
}

function isCertainEnough(
  { decision }: Pick<ExternalRow, 'decision'>,
  { certainty = 'unknown' }: ExternalAccessQuestion,
): boolean {
  const rank = rankOf(decision);
  return rank !== undefined && rank <= worst[certainty];
}

const worst = { allowed: 0, conditional: 1, unknown: 2 } as const satisfies Record<string, Rank>;

function compareRows(a: ExternalRow, b: ExternalRow): number {
  const rank = ({ decision }: ExternalRow): number => rankOf(decision) ?? 3;
  const first = ({ actions }: ExternalRow): string => actions[0]?.action ?? '';
  return (
    compareText(a.resource, b.resource) ||
    compareText(a.from.id, b.from.id) ||
    rank(a) - rank(b) ||
    compareText(first(a), first(b)) ||
    compareText(a.sharing ?? '', b.sharing ?? '')
  );
}

function check({ catalogue }: Inventory, { service, level, account, trusted = [] }: ExternalAccessQuestion): void {
  for (const id of [...trusted, ...(account === undefined ? [] : [account])]) {
    if (!/^\d{12}$/.test(id)) throw new UserError(`\`${id}\` is not an account: write its 12 digits`, exitCode.usage);
  }
  if (service !== undefined && catalogue.actionsOf(service).length === 0) {
    throw new UserError(`unknown service \`${service}\`: write it as in its ARNs, such as \`s3\``, exitCode.usage);
  }
  const levels = new Set(catalogue.actions.map((action) => action.level));
  if (level !== undefined && ![...levels].some((one) => one.toLowerCase() === level.toLowerCase())) {
    const known = [...levels].sort().join(', ');
    throw new UserError(`unknown access level \`${level}\`: it is one of ${known}`, exitCode.usage);
  }
}
