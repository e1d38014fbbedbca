import type { Layer } from '@ag/model';
import { type OutcomeTable, type Policy, type Prepared, needsOf } from '@ag/policy';
import type { CatalogueAction } from '../catalogue.ts';
import { remember } from '../inventory.ts';
import type { PrincipalRecord } from '../principals.ts';
import { CompiledLayer } from './compiled-layer.ts';
import { type GroupLayers, PrincipalGroup, type PrincipalReadings } from './principal-group.ts';
import type { Holding, PrincipalTable } from './principal-table.ts';
import type { PrincipalStatement, ServiceIndex } from './service-index.ts';

/** The principals of an organization as one action sees them: in groups that are alike. */
export interface ActionIndex {
  readonly action: CatalogueAction;
  /** The groups of an account's collected principals. */
  groupsOf(account: string): readonly PrincipalGroup[];
  /** The group that a principal is alike to, collected or not. */
  groupOf(principal: number): PrincipalGroup;
}

/** Statements of one layer about the action, and whether what they say differs from one principal to the next. */
interface AboutLayer {
  readonly statements: readonly Prepared[];
  readonly isPersonal: boolean;
}

export function actionIndex(options: {
  readonly principals: PrincipalTable;
  readonly outcomes: OutcomeTable;
  readonly readings: PrincipalReadings;
  readonly service: ServiceIndex;
  readonly action: CatalogueAction;
}): ActionIndex {
  const { principals, outcomes, readings, service, action } = options;
  const ofHolding = remember((holding: Holding) => ({
    identity: about(holding.identity),
    boundary: holding.boundary && about(holding.boundary),
  }));
  const ofLevels = remember((levels: NonNullable<ScpLevels>) => levels.map(({ policies }) => about(policies)));
  const layers = new Map<string, CompiledLayer>();
  const numbers = new Map<object, number>();
  const groups = new Map<string, PrincipalGroup>();
  const groupOf = remember((principal: number) => findGroup(principal));
  const groupsOf = remember((account: string) => {
    const found = new Set<PrincipalGroup>();
    for (const member of principals.membersOf(account)) {
      const group = groupOf(member);
      group.members.push(member);
      found.add(group);
    }
    return [...found];
  });
  return { action, groupsOf, groupOf };

  function about(policies: readonly Policy[]): AboutLayer {
    const statements = policies.flatMap((policy) => service.about(policy, action));
    return { statements, isPersonal: statements.some((one) => needsOf(one).principal.length > 0) };
  }

  function findGroup(principal: number): PrincipalGroup {
    const record = principals.record(principal);
    const stance = principals.stance(principal);
    const holding = principals.holding(principal);
    const { identity, boundary } = ofHolding(holding);
    const levels = scpOf(record);
    const scp = levels && ofLevels(levels);
    const unread = unreadOf(record, scp !== undefined || isUnderScps(record));
    const bound = {
      identity: bind(identity, principal),
      boundary: boundary && bind(boundary, principal),
      scp: scp?.map((level) => bind(level, principal)),
    };
    const key = [
      stance.id,
      listKey(bound.identity),
      bound.boundary ? listKey(bound.boundary) : '-',
      bound.scp?.map(listKey).join(';') ?? '-',
      unread.join(','),
    ].join(' ');
    const held = groups.get(key);
    if (held) return held;
    const made: GroupLayers = {
      hasIdentity: 'account' in record.principal,
      identity: layerOf(bound.identity),
      boundary: bound.boundary && layerOf(bound.boundary),
      scp: bound.scp?.map(layerOf) ?? (isUnderScps(record) ? [] : undefined),
      isRoot: record.principal.kind === 'root' && record.external !== 'account',
      unread,
    };
    const group = new PrincipalGroup(stance, made, outcomes.residuals, readings);
    groups.set(key, group);
    return group;
  }

  function bind({ statements }: AboutLayer, principal: number): readonly PrincipalStatement[] {
    return statements.flatMap((statement) => service.bind(statement, principal) ?? []);
  }

  function layerOf(statements: readonly PrincipalStatement[]): CompiledLayer {
    const key = listKey(statements);
    const held = layers.get(key) ?? new CompiledLayer(statements, outcomes.residuals);
    layers.set(key, held);
    return held;
  }

  function listKey(statements: readonly PrincipalStatement[]): string {
    if (statements.length === 0) return '';
    const ids = statements.map((statement) => {
      const id = numbers.get(statement) ?? numbers.size;
      numbers.set(statement, id);
      return id;
    });
    return ids.length === 1 ? String(ids[0]) : [...new Set(ids)].sort((a, b) => a - b).join(',');
  }
}

type ScpLevels = NonNullable<PrincipalRecord['account']>['scp'];

/** The SCPs that have a say about a principal (OR1, OR2, OR3). */
function scpOf(record: PrincipalRecord): ScpLevels {
  return isUnderScps(record) ? record.account?.scp : undefined;
}

function isUnderScps({ principal, account, serviceLinked }: PrincipalRecord): boolean {
  return 'account' in principal && account?.management !== true && !serviceLinked;
}

function unreadOf({ unread, principal }: PrincipalRecord, isUnder: boolean): readonly Layer[] {
  if (!('account' in principal)) return [];
  const layers = new Set(unread.map(({ layer }) => layer));
  return [...layers].filter((layer) => layer !== 'scp' || isUnder);
}
