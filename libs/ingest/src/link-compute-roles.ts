import type { GraphEdge, GraphNode, Place, ScopeContent, ScopeState } from '@ag/model';
import type { Needs, Registry } from '@ag/resource';
import type { RunMemory } from './run-memory.ts';
import { toScopeContent } from './scope-content.ts';

const profileLabel = 'IamInstanceProfile';

export interface LinkOptions {
  readonly connection: string;
  readonly partition: string;
  readonly readAt: string;
}

/** The label of the scope that holds the links of a compute resource. */
export function roleLinkLabel(label: string): string {
  return `${label}Role`;
}

/** What the links are made of. */
export function needsOfLinks(registry: Registry): Needs {
  return {
    nodes: Object.fromEntries(computeLabels(registry).map((label) => [label, toPlaced])),
    edges: { CARRIES: (edge) => edge, USES: (edge) => edge },
  };
}

function toPlaced({ id, labels, properties: { account = '', region = '' } }: GraphNode): GraphNode {
  return { id, labels, properties: { account, region } };
}

function computeLabels({ definitions }: Registry): readonly string[] {
  return definitions
    .filter(({ edges }) => edges.some(({ type, target }) => type === 'USES' && target === profileLabel))
    .map(({ label }) => label);
}

/**
 * Links what runs under an instance profile to the profile's role: compute USES profile, profile CARRIES role, so compute RUNS_AS
 * role. Neither listing tells it alone. A link's scope is complete only where both listings are, else the old links are kept.
 */
export function linkComputeRoles(registry: Registry, memory: RunMemory, options: LinkOptions): ScopeContent[] {
  const carried = new Map<string, string[]>();
  for (const { from, to } of memory.edges('CARRIES')) carried.set(from, [...(carried.get(from) ?? []), to]);
  const uses = memory.edges('USES');

  return computeLabels(registry).flatMap((label) => {
    const nodes = new Map(memory.nodes(label).map((node) => [node.id, node]));
    return memory.states(label).map(({ account, region, state }) => {
      const edges = uses
        .filter(({ from }) => isIn(nodes.get(from)?.properties, account, region))
        .flatMap(({ from, to }) => toLinks(from, carried.get(to) ?? []));
      const place: Place = { partition: options.partition, account, region };
      const both = bothStates(state, profileState(memory, account));
      return toScopeContent(
        { resource: roleLinkLabel(label), state: both, nodes: [], edges, gaps: [] },
        { connection: options.connection, place, readAt: options.readAt },
      );
    });
  });
}

function toLinks(from: string, roles: readonly string[]): GraphEdge[] {
  return roles.map((to) => ({ type: 'RUNS_AS', from, to, properties: {} }));
}

function isIn(properties: Readonly<Record<string, unknown>> | undefined, account: string, region: string): boolean {
  return properties?.['account'] === account && properties['region'] === region;
}

function profileState(memory: RunMemory, account: string): ScopeState {
  return memory.states(profileLabel).find((state) => state.account === account)?.state ?? 'skipped';
}

function bothStates(one: ScopeState, other: ScopeState): ScopeState {
  return one === 'complete' ? other : one;
}
