import type { GraphNode } from '@ag/model';
import type { Violation } from './check-scopes.ts';
import { type GraphIndex, isMissing, rootOf, unreadOf } from './graph-index.ts';

type Graph = Pick<GraphIndex, 'nodes' | 'edges'>;

interface Graphs {
  readonly before: Graph;
  readonly faultless: Graph;
}

/** What the graph of a run promises whatever was read: what is there before and after is there, and what is nowhere is not. */
export function checkGraph({ before, faultless }: Graphs, after: Graph): readonly Violation[] {
  const violations: Violation[] = [];
  const fail = (rule: string, what: string) => violations.push({ rule, what });
  const isUnread = (id: string) =>
    unreadOf(after.nodes.get(rootOf(id))).length > unreadOf(faultless.nodes.get(rootOf(id))).length;

  for (const [id, node] of after.nodes) {
    const [then, now] = [before.nodes.get(id), faultless.nodes.get(id)];
    if (isUncollected(node)) continue;
    if (!then && !now) fail('I2', `the graph made up ${id}`);
    if (isMissing(node) && !isMissing(then) && !isMissing(now)) fail('I3', `${id} is called missing`);
    for (const [name, value] of Object.entries(node.properties)) {
      if (['unread', 'unreadPolicies', 'missingSince'].includes(name)) continue;
      const values = [then, now].map((one) => JSON.stringify(one?.properties[name]));
      if (!values.includes(JSON.stringify(value)) && (then ?? now))
        fail('I2', `the graph made up \`${name}\` of ${id}`);
    }
  }
  for (const [id, now] of faultless.nodes) {
    const then = before.nodes.get(id);
    if (!then || isUncollected(then) || isUncollected(now) || isMissing(now)) continue;
    const node = after.nodes.get(id);
    if (!node || isUncollected(node)) {
      if (!(id !== rootOf(id) && isUnread(id))) fail('I1', `the graph lost ${id}`);
      continue;
    }
    for (const name of Object.keys(now.properties)) {
      if (['unread', 'unreadPolicies'].includes(name) || then.properties[name] === undefined) continue;
      if (node.properties[name] === undefined && unreadOf(node).length === 0)
        fail('I1', `the graph lost \`${name}\` of ${id}`);
    }
  }
  for (const [key, edge] of after.edges) {
    const isLoose = [edge.from, edge.to].some((end) => isUncollected(after.nodes.get(end)));
    if (!before.edges.has(key) && !faultless.edges.has(key) && !isLoose) fail('I2', `the graph made up ${key}`);
  }
  for (const [key, { from, to }] of faultless.edges) {
    if (!before.edges.has(key) || after.edges.has(key)) continue;
    if (!isUnread(from) && !isUnread(to)) fail('I1', `the graph lost ${key}`);
  }
  return violations;
}

function isUncollected(node: GraphNode | undefined): boolean {
  return node?.labels[0] === 'Uncollected';
}
