import { isRecord, textsOf } from './properties.ts';

/** Whom the Allow statements of a resource or trust policy name, as they are spelt. */
export interface NamedPrincipals {
  readonly anyone: boolean;
  /** ARNs, account ids and unique ids. */
  readonly aws: readonly string[];
  readonly services: readonly string[];
  readonly federated: readonly string[];
  /** Accounts and principals that only conditions name, such as `aws:PrincipalAccount`. */
  readonly mentioned: readonly string[];
}

export const nobody: NamedPrincipals = { anyone: false, aws: [], services: [], federated: [], mentioned: [] };

/** Reads whom a document lets in; a statement that does not allow lets in nobody. */
export function namedPrincipals(text: string | undefined): NamedPrincipals {
  const allows = statementsOf(text).filter((statement) => statement['Effect'] === 'Allow');
  const aws = new Set<string>();
  const services = new Set<string>();
  const federated = new Set<string>();
  const mentioned = new Set<string>();
  let anyone = false;
  for (const statement of allows) {
    const principal = statement['Principal'];
    // Everyone but those it names, as far as AWS takes it at all (PR9).
    if (statement['NotPrincipal'] !== undefined) anyone = true;
    const named = isRecord(principal) ? principal : { AWS: principal };
    for (const name of textsOf(named['AWS'])) {
      if (name === '*') anyone = true;
      else aws.add(name);
    }
    for (const name of textsOf(named['Service'])) services.add(name);
    for (const name of textsOf(named['Federated'])) federated.add(name);
    for (const name of conditionPrincipals(statement['Condition'])) mentioned.add(name);
  }
  const sorted = (names: Set<string>): string[] => [...names].sort();
  return {
    anyone,
    aws: sorted(aws),
    services: sorted(services),
    federated: sorted(federated),
    mentioned: sorted(mentioned),
  };
}

/** Whom several documents let in together. */
export function joinNamed(all: readonly NamedPrincipals[]): NamedPrincipals {
  const join = (read: (named: NamedPrincipals) => readonly string[]) => [...new Set(all.flatMap(read))].sort();
  return {
    anyone: all.some(({ anyone }) => anyone),
    aws: join(({ aws }) => aws),
    services: join(({ services }) => services),
    federated: join(({ federated }) => federated),
    mentioned: join(({ mentioned }) => mentioned),
  };
}

/** The Resource patterns of a document's Allow statements. */
export function allowedResources(text: string | undefined): readonly string[] {
  return statementsOf(text)
    .filter((statement) => statement['Effect'] === 'Allow')
    .flatMap((statement) => textsOf(statement['Resource']));
}

/** What may make a statement's actions match; `NotAction` matches what it does not name. */
export interface AllowedActions {
  readonly actions: readonly string[];
  readonly exceptActions: readonly (readonly string[])[];
}

/** The action patterns of a document's Allow statements. */
export function allowedActions(text: string | undefined): AllowedActions {
  const allows = statementsOf(text).filter((statement) => statement['Effect'] === 'Allow');
  return {
    actions: allows.flatMap((statement) => textsOf(statement['Action'])),
    exceptActions: allows.flatMap((statement) =>
      statement['NotAction'] === undefined ? [] : [textsOf(statement['NotAction'])],
    ),
  };
}

function statementsOf(text: string | undefined): readonly Readonly<Record<string, unknown>>[] {
  if (text === undefined) return [];
  const document = parse(text);
  if (!isRecord(document)) return [];
  const statements = document['Statement'];
  return (Array.isArray(statements) ? statements : [statements]).filter(isRecord);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function conditionPrincipals(condition: unknown): readonly string[] {
  if (!isRecord(condition)) return [];
  return Object.values(condition)
    .filter(isRecord)
    .flatMap((keys) => Object.entries(keys))
    .filter(([key]) => /^aws:(principalaccount|principalarn)$/i.test(key))
    .flatMap(([, values]) => textsOf(values))
    .filter((value) => !/[*?$]/.test(value));
}
