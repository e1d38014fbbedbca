import { compareText, findArn } from '@ag/model';
import { matchesAction } from '@ag/policy';
import { nearest } from './nearest.ts';

/** A resource type of the Service Authorization Reference, with the ARNs it covers. */
export interface ResourceType {
  readonly service: string;
  readonly name: string;
  /** The ARN as the reference writes it: `arn:${Partition}:s3:::${BucketName}`. */
  readonly pattern: string;
  readonly conditionKeys: readonly string[];
}

export interface CatalogueAction {
  /** With its service, as AWS spells it: `s3:GetObject`. */
  readonly name: string;
  readonly service: string;
  /** Read, List, Write, Tagging, Permissions management. */
  readonly level: string;
  readonly resourceTypes: readonly ResourceType[];
  readonly conditionKeys: readonly string[];
  /** Has no resource types, so that only `"Resource": "*"` grants it (RQ3). */
  readonly wildcardOnly: boolean;
}

/** What the data package tells of one service. */
export interface ServiceData {
  readonly service: string;
  readonly types: readonly ResourceType[];
  readonly actions: readonly CatalogueAction[];
}

/** The actions, resource types and condition keys that AWS documents, as of a date. */
export interface Catalogue {
  readonly version: string;
  readonly updatedAt: string;
  readonly services: readonly string[];
  /** Services whose resources an RCP can restrict (OR9). */
  readonly rcpServices: ReadonlySet<string>;
  /** Every action, by name. */
  readonly actions: readonly CatalogueAction[];
  /** One action; upper and lower case are the same (MA1). */
  find(action: string): CatalogueAction | undefined;
  actionsOf(service: string): readonly CatalogueAction[];
  /** Every action that a pattern such as `s3:Get*` names. */
  expand(pattern: string): readonly CatalogueAction[];
  /** The resource types that an ARN, or an ARN pattern, is of: one a service, the most specific. */
  typesOf(arn: string): readonly ResourceType[];
  /** The actions that act on an ARN. */
  applicable(arn: string): readonly CatalogueAction[];
  suggest(action: string): readonly string[];
}

interface MatchedType {
  readonly type: ResourceType;
  readonly matcher: RegExp;
  readonly literals: number;
}

/** Puts the data of all services behind one interface. */
export function toCatalogue(data: {
  readonly version: string;
  readonly updatedAt: string;
  readonly rcpServices: readonly string[];
  readonly services: readonly ServiceData[];
}): Catalogue {
  const actions = data.services.flatMap((service) => service.actions).sort((a, b) => compareText(a.name, b.name));
  const byName = new Map(actions.map((action) => [action.name.toLowerCase(), action]));
  const byService = new Map(data.services.map((service) => [service.service, service.actions]));
  const types = groupTypes(data.services);
  const typesCache = new Map<string, readonly ResourceType[]>();
  const byType = new Map<ResourceType, CatalogueAction[]>();
  for (const action of actions) for (const type of action.resourceTypes) push(byType, type, action);

  function typesOf(arn: string): readonly ResourceType[] {
    const known = typesCache.get(arn);
    if (known) return known;
    const found = findTypes(types, arn);
    typesCache.set(arn, found);
    return found;
  }

  return {
    version: data.version,
    updatedAt: data.updatedAt,
    rcpServices: new Set(data.rcpServices),
    services: data.services.map((service) => service.service),
    actions,
    find: (action) => byName.get(action.toLowerCase()),
    actionsOf: (service) => byService.get(service) ?? [],
    expand: (pattern) => actions.filter((action) => matchesAction(pattern, action.name)),
    typesOf,
    applicable: (arn) => {
      const found = new Set(typesOf(arn).flatMap((type) => byType.get(type) ?? []));
      return [...found].sort((a, b) => compareText(a.name, b.name));
    },
    suggest: (action) => suggestAction(action, byService, byName),
  };
}

/** Types by the service segment of their ARN, which is not always the service that lists them (sts lists IAM's roles). */
function groupTypes(services: readonly ServiceData[]): ReadonlyMap<string, readonly MatchedType[]> {
  const groups = new Map<string, MatchedType[]>();
  for (const type of services.flatMap((service) => service.types)) {
    const segment = type.pattern.split(':')[2] ?? '';
    push(groups, segment, { type, matcher: toMatcher(type.pattern), literals: literalLength(type.pattern) });
  }
  return groups;
}

function findTypes(groups: ReadonlyMap<string, readonly MatchedType[]>, arn: string): readonly ResourceType[] {
  const service = findArn(arn)?.service;
  if (service === undefined) return [];
  const best = new Map<string, MatchedType>();
  for (const candidate of groups.get(service) ?? []) {
    if (!candidate.matcher.test(arn)) continue;
    const held = best.get(candidate.type.service);
    if (!held || held.literals < candidate.literals) best.set(candidate.type.service, candidate);
  }
  return [...best.values()].map(({ type }) => type);
}

/** Object keys may hold anything, bucket names and table names end at a slash, other names at a colon. */
function toMatcher(pattern: string): RegExp {
  // Versions of a function are numbers, or the unpublished one; aliases are anything else.
  const isQualifier = pattern.includes(':function:${FunctionName}:');
  const text = pattern
    .split(/(\$\{[^}]*\})/)
    .map((part) => {
      if (!part.startsWith('${')) return part.replace(/[.+?^$()[\]{}|\\/-]/g, '\\$&').replaceAll('*', '.*');
      if (/^\$\{(Partition|Region|Account)\}$/.test(part)) return '[^:]*';
      if (part === '${Alias}' && isQualifier) return '(?!\\d+$|\\$LATEST)[^:]+';
      if (part === '${Version}' && isQualifier) return '(?:[\\d*?]+|\\$LATEST[^:/]*)';
      if (/Object(Name|Key)/.test(part)) return '.+';
      return /^\$\{(BucketName|TableName)\}$/.test(part) ? '[^:/]+' : '[^:]+';
    })
    .join('');
  return new RegExp(`^${text}$`);
}

function literalLength(pattern: string): number {
  return pattern.replace(/\$\{[^}]*\}/g, '').length;
}

function suggestAction(
  action: string,
  byService: ReadonlyMap<string, readonly CatalogueAction[]>,
  byName: ReadonlyMap<string, CatalogueAction>,
): readonly string[] {
  const service = action.split(':')[0]?.toLowerCase() ?? '';
  const ownNames = (byService.get(service) ?? []).map(({ name }) => name);
  const own = nearest(action, ownNames);
  if (own.length > 0) return own;
  if (ownNames.length > 0) return nearest(action, ownNames, 3);
  const [service2] = nearest(service, byService.keys(), 1);
  const retyped = service2 === undefined ? action : `${service2}:${action.split(':')[1] ?? ''}`;
  const exact = byName.get(retyped.toLowerCase());
  return exact
    ? [exact.name]
    : nearest(retyped, service2 ? (byService.get(service2) ?? []).map(({ name }) => name) : []);
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
