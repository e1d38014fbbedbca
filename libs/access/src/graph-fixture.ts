import type { Gap, GraphEdge, GraphNode, GraphSource, Properties, ScopeRecord, ScopeState } from '@ag/model';
import { compareText, encodeTags, scopeKey } from '@ag/model';

/** A policy document as a test writes it. */
export interface DocumentJson {
  readonly Version?: string;
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

export interface HolderOptions {
  /** Inline policies, by name. */
  readonly policies?: Readonly<Record<string, DocumentJson>>;
  /** Ids of managed policies, or of policies that nobody read. */
  readonly attached?: readonly string[];
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties?: Properties;
}

export const run = {
  id: '20261124T080000Z-0001',
  startedAt: '2026-11-24T08:00:00Z',
  finishedAt: '2026-11-24T08:05:00Z',
};

/** A small organization in memory, put together by hand for a test. */
export class GraphFixture {
  private readonly nodes = new Map<string, GraphNode>();
  private readonly edges: GraphEdge[] = [];
  private readonly records: ScopeRecord[] = [];

  node(
    id: string,
    labels: readonly [string, ...string[]],
    properties: Properties = {},
    aliases: readonly string[] = [],
  ): string {
    this.nodes.set(id, { id, labels, properties, ...(aliases.length > 0 && { aliases }) });
    return id;
  }

  propertiesOf(id: string): Properties {
    return this.nodes.get(id)?.properties ?? {};
  }

  edge(type: string, from: string, to: string, properties: Properties = {}): this {
    this.edges.push({ type, from, to, properties });
    return this;
  }

  /** An account that was read in full, with its root user. */
  account(id: string, properties: Properties = {}): this {
    this.node(id, ['AwsAccount'], { name: id, ...properties });
    for (const label of [
      'IamUser',
      'IamRole',
      'IamGroup',
      'IamPolicy',
      'S3Bucket',
      'S3AccountPublicAccessBlock',
      'KmsKey',
      'SqsQueue',
    ])
      this.scope(id, label);
    this.owned(id, `arn:aws:iam::${id}:root`, ['AwsRootUser', 'AwsResource', 'Principal'], {});
    return this;
  }

  user(account: string, name: string, options: HolderOptions & { readonly groups?: readonly string[] } = {}): string {
    const id = `arn:aws:iam::${account}:user/${name}`;
    this.owned(account, id, ['IamUser', 'AwsResource', 'Principal'], {
      name,
      ...tagged(options),
      ...options.properties,
    });
    this.hold(id, options);
    for (const group of options.groups ?? []) this.edge('MEMBER_OF', id, group);
    return id;
  }

  role(
    account: string,
    name: string,
    trust: DocumentJson,
    options: HolderOptions & { readonly path?: string } = {},
  ): string {
    const id = `arn:aws:iam::${account}:role${options.path ?? '/'}${name}`;
    const properties = { name, trustPolicy: JSON.stringify(trust), ...tagged(options), ...options.properties };
    this.owned(account, id, ['IamRole', 'AwsResource', 'Principal'], properties);
    this.hold(id, options);
    return id;
  }

  group(account: string, name: string, options: HolderOptions = {}): string {
    const id = `arn:aws:iam::${account}:group/${name}`;
    this.owned(account, id, ['IamGroup', 'AwsResource'], { name });
    this.hold(id, options);
    return id;
  }

  managedPolicy(account: string, name: string, document: DocumentJson): string {
    const id = `arn:aws:iam::${account}:policy/${name}`;
    return this.node(id, ['IamPolicy', 'AwsResource'], { name, document: JSON.stringify(document) });
  }

  resource(account: string, id: string, label: string, policy?: DocumentJson, properties: Properties = {}): string {
    const own = policy === undefined ? {} : { resourcePolicy: JSON.stringify(policy) };
    return this.owned(account, id, [label, 'AwsResource'], { ...own, ...properties });
  }

  bucket(account: string, name: string, policy?: DocumentJson, properties: Properties = {}): string {
    const defaults = { name, objectOwnership: 'BucketOwnerEnforced' };
    return this.resource(account, `arn:aws:s3:::${name}`, 'S3Bucket', policy, { ...defaults, ...properties });
  }

  person(userName: string): string {
    return this.node(`arn:aws:identitystore:::user/${userName}`, ['IdentityCenterUser', 'AwsResource', 'Person'], {
      name: userName,
    });
  }

  /** An organization's policy, attached to a root, an OU or an account. */
  controlPolicy(kind: 'service' | 'resource', name: string, document: DocumentJson, targets: readonly string[]): this {
    const label = kind === 'service' ? 'ServiceControlPolicy' : 'ResourceControlPolicy';
    const id = `arn:aws:organizations::111111111111:policy/o-acme/${kind}_control_policy/p-${name}`;
    this.node(id, [label, 'AwsResource'], { name, document: JSON.stringify(document) });
    for (const target of targets) this.edge('APPLIES_TO', id, target);
    return this;
  }

  scope(account: string, resource: string, state: ScopeState = 'complete', gaps: readonly Gap[] = []): this {
    const scope = { connection: 'default', place: { partition: 'aws', account, region: 'global' }, resource };
    const others = this.records.filter((record) => scopeKey(record.scope) !== scopeKey(scope));
    this.records.splice(0, this.records.length, ...others);
    this.records.push({ scope, state, readInRun: run.id, readAt: run.startedAt, gaps });
    return this;
  }

  source(): GraphSource {
    const nodes = new Map(this.nodes);
    for (const { from, to } of this.edges) {
      for (const id of [from, to]) {
        if (!nodes.has(id)) nodes.set(id, { id, labels: ['Uncollected'], properties: { reason: 'missing policy' } });
      }
    }
    const sorted = [...nodes.values()]
      .sort((a, b) => compareText(a.id, b.id))
      .map((node) => ({ ...node, scopes: ['default/x'] }));
    const edges = this.edges.map((edge) => ({ ...edge, scopes: ['default/x'] }));
    const records = [...this.records];
    return {
      run: () => Promise.resolve(run),
      nodes: (label) => each(sorted.filter((node) => label === undefined || node.labels.includes(label))),
      edges: (type) => each(edges.filter((edge) => type === undefined || edge.type === type)),
      scopes: () => each(records),
      gaps: () => each(records.flatMap((record) => record.gaps)),
    };
  }

  private owned(account: string, id: string, labels: readonly [string, ...string[]], properties: Properties): string {
    this.node(id, labels, { account, ...properties });
    this.edge('OWNS', account, id);
    return id;
  }

  private hold(id: string, options: HolderOptions): void {
    for (const [name, document] of Object.entries(options.policies ?? {})) {
      const policy = `${id}#inline/${name}`;
      this.node(policy, ['IamPolicy', 'AwsResource'], { name, inline: true, document: JSON.stringify(document) });
      this.edge('HAS_POLICY', id, policy);
    }
    for (const policy of options.attached ?? []) this.edge('HAS_POLICY', id, policy);
    if (options.boundary !== undefined) this.edge('BOUNDED_BY', id, options.boundary);
  }
}

/** A document of Allow statements: `allow(['s3:GetObject'], 'arn:…')`. */
export function allow(
  actions: string | readonly string[],
  resource: string | readonly string[],
  more: object = {},
): DocumentJson {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: resource, ...more }] };
}

/** A trust policy for AssumeRole. */
export function trusts(principal: unknown, more: object = {}): DocumentJson {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }],
  };
}

function tagged(options: HolderOptions): Properties {
  return options.tags ? { tags: encodeTags(options.tags) } : {};
}

async function* each<Value>(values: readonly Value[]): AsyncIterable<Value> {
  yield* values;
}
