import type { GraphEdge, GraphNode, Place, ScopeContent, ScopeState } from '@ag/model';
import type { Needs, Registry, ResourceDefinition } from '@ag/resource';
import type { RunMemory } from './run-memory.ts';
import { toScopeContent } from './scope-content.ts';

const profileLabel = 'IamInstanceProfile';
const associationLabel = 'Ec2InstanceProfileAssociation';

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
export function needsOfLinks({ definitions }: Registry): Needs {
  const labels = [associationLabel, ...definitions.filter(runsUnderProfile).map(({ label }) => label)];
  return {
    nodes: Object.fromEntries(labels.map((label) => [label, toPlaced])),
    edges: { CARRIES: (edge) => edge, USES: (edge) => edge, ATTACHED_TO: toAssociation },
  };
}

function toPlaced({ id, labels, properties: { account = '', region = '', state = '' } }: GraphNode): GraphNode {
  return { id, labels, properties: { account, region, state } };
}

// Much else is attached to something.
function toAssociation(edge: GraphEdge): GraphEdge | undefined {
  return edge.from.startsWith('iip-assoc-') ? edge : undefined;
}

/**
 * Links what runs under an instance profile to the profile's role: compute USES profile, profile CARRIES role, so compute RUNS_AS
 * role. Neither listing tells it alone. An association may tell of one more profile: while a profile is replaced the machine has
 * the credentials of the old one until the new one is there. A link's scope is complete only where all listings are, else the old
 * links are kept.
 */
export function linkComputeRoles(registry: Registry, memory: RunMemory, options: LinkOptions): ScopeContent[] {
  const carried = new Map<string, string[]>();
  for (const { from, to } of memory.edges('CARRIES')) carried.set(from, [...(carried.get(from) ?? []), to]);
  const uses = memory.edges('USES');

  const associated = findAssociated(memory, uses);

  return registry.definitions.filter(runsUnderProfile).flatMap(({ label }) => {
    const nodes = new Map(memory.nodes(label).map((node) => [node.id, node]));
    return memory.states(label).map(({ account, region, state }) => {
      const edges = [...uses, ...associated]
        .filter(({ from }) => isIn(nodes.get(from)?.properties, account, region))
        .filter(({ from }) => nodes.get(from)?.properties['state'] !== 'terminated')
        .flatMap(({ from, to }) => toLinks(from, carried.get(to) ?? []));
      const place: Place = { partition: options.partition, account, region };
      const all = [state, associationState(memory, account, region), profileState(memory, account)];
      return toScopeContent(
        { resource: roleLinkLabel(label), state: leastOf(all), nodes: [], edges, gaps: [] },
        { connection: options.connection, place, readAt: options.readAt },
      );
    });
  });
}

/** A launch template only says how a machine would run. */
function runsUnderProfile({ edges }: ResourceDefinition): boolean {
  return (
    edges.some(({ type, target }) => type === 'USES' && target === profileLabel) &&
    edges.some(({ type }) => type === 'RUNS_AS')
  );
}

/** From a machine to each profile that an association gives it, or has not yet taken away. */
function findAssociated(memory: RunMemory, uses: readonly GraphEdge[]): readonly GraphEdge[] {
  const live = memory.nodes(associationLabel).filter(({ properties }) => properties['state'] !== 'disassociated');
  const ids = new Set(live.map(({ id }) => id));
  const profiles = new Map(uses.filter(({ from }) => ids.has(from)).map(({ from, to }) => [from, to]));
  return memory.edges('ATTACHED_TO').flatMap(({ from, to }) => {
    const profile = profiles.get(from);
    return profile === undefined ? [] : { type: 'USES', from: to, to: profile, properties: {} };
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

/** A registry without associations has nothing to wait for. */
function associationState(memory: RunMemory, account: string, region: string): ScopeState {
  const states = memory.states(associationLabel);
  const own = states.find((state) => state.account === account && state.region === region);
  return own?.state ?? (states.length === 0 ? 'complete' : 'skipped');
}

function leastOf(states: readonly ScopeState[]): ScopeState {
  return states.find((state) => state !== 'complete') ?? 'complete';
}
