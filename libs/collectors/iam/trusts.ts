import { type GraphEdge, type GraphNode, findArn, rootArn } from '@ag/model';
import { anyone, awsService, webIdentityProvider } from './principals.ts';

/** Whom a role trusts, and the nodes of those that no listing yields: services, public providers, anyone. */
export interface Trusts {
  readonly edges: readonly GraphEdge[];
  readonly principals: readonly GraphNode[];
}

/**
 * Reads `TRUSTS` edges from a trust policy's allowing statements. An edge says that the principal is named, not that it gets in:
 * whether it does, with conditions and denials, is the engine's to decide.
 */
export function readTrusts(role: string, trustPolicy: string): Trusts {
  const partition = findArn(role)?.partition ?? 'aws';
  const found = new Map<string, { actions: Set<string>; conditional: boolean; node: GraphNode | undefined }>();

  for (const statement of statementsOf(trustPolicy)) {
    if (statement['Effect'] !== 'Allow') continue;
    const conditional = statement['Condition'] !== undefined || statement['NotPrincipal'] !== undefined;
    for (const { id, node } of principalsOf(statement, partition)) {
      const known = found.get(id) ?? { actions: new Set<string>(), conditional: true, node };
      for (const action of toTexts(statement['Action'])) known.actions.add(action);
      // Open as soon as one statement names it without a condition.
      found.set(id, { ...known, conditional: known.conditional && conditional });
    }
  }

  const trusted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    edges: trusted.map(([to, { actions, conditional }]) => ({
      type: 'TRUSTS',
      from: role,
      to,
      properties: { actions: [...actions].sort(), conditional },
    })),
    principals: trusted.flatMap(([, { node }]) => node ?? []),
  };
}

type Named = { readonly id: string; readonly node: GraphNode | undefined };
type Statement = Readonly<Record<string, unknown>>;

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
function principalsOf(statement: Statement, partition: string): readonly Named[] {
  // All but those it names: anyone, as far as an edge can say.
  if (statement['NotPrincipal'] !== undefined) return [everyone()];
  const principal = statement['Principal'];
  if (principal === '*') return [everyone()];
  if (!isRecord(principal)) return [];
  return Object.entries(principal).flatMap(([type, names]) =>
    toTexts(names).map((name) => toNamed(type, name, partition)),
  );
}

function toNamed(type: string, name: string, partition: string): Named {
  if (type === 'Service') return { id: name, node: awsService.node(name, { name }) };
  if (type === 'Federated' && !name.startsWith('arn:')) {
    return { id: name, node: webIdentityProvider.node(name, { name }) };
  }
  if (name === '*') return everyone();
  if (type === 'AWS' && /^\d{12}$/.test(name)) return { id: rootArn(name, partition), node: undefined };
  return { id: withoutSession(name), node: undefined };
}

/** A role's session is trusted through its role: `assumed-role/<role>` is another name of it. */
function withoutSession(arn: string): string {
  return arn.replace(/^(arn:[^:]+:sts::\d{12}:assumed-role\/[^/]+)\/.*$/, '$1');
}

function everyone(): Named {
  return { id: '*', node: anyone.node('*', { name: 'Anyone' }) };
}

function statementsOf(text: string): readonly Statement[] {
  const document: unknown = JSON.parse(text);
  const statements: unknown = isRecord(document) ? document['Statement'] : undefined;
  return (Array.isArray(statements) ? statements : [statements]).filter(isRecord);
}

function toTexts(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string');
}

function isRecord(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
