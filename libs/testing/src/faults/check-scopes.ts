import { type GraphEdge, type GraphNode, type ScopeContent, edgeKey, scopeKey } from '@ag/model';
import { type GraphIndex, rootOf, unreadOf } from './graph-index.ts';

/** A promise that a run broke, by the invariant of the specification and what happened. */
export interface Violation {
  readonly rule: string;
  readonly what: string;
}

export interface Reference {
  readonly before: GraphIndex;
  readonly faultless: GraphIndex;
  /** What each scope of the faultless run brought. */
  readonly contents: ReadonlyMap<string, ScopeContent>;
}

/** What each scope of a run promises: a complete one all that there is, any other nothing but what was known before. */
export function checkScopes(
  { before, contents }: Reference,
  after: GraphIndex,
  attempts: ReadonlyMap<string, ScopeContent>,
  isVanished: boolean,
): readonly Violation[] {
  const violations: Violation[] = [];
  const fail = (rule: string, what: string) => violations.push({ rule, what });

  for (const key of new Set([...before.scopes.keys(), ...contents.keys()])) {
    const attempt = attempts.get(key);
    const kept = after.scopes.get(key);
    const known = before.scopes.get(key);
    if (!attempt) {
      if (JSON.stringify(kept) !== JSON.stringify(known)) fail('I1', `${key} was not attempted and changed`);
      continue;
    }
    if (attempt.state !== 'complete') {
      if (attempt.gaps.length === 0 && !isFollower(key)) fail('I10', `${key} is ${attempt.state} and says not why`);
      if (known?.whole && kept?.content?.sha256 !== known.content?.sha256)
        fail('I1', `${key} is ${attempt.state} and lost what was known`);
      if (known && kept?.record.readInRun !== known.record.readInRun) fail('I10', `${key} hides how old it is`);
      if (kept?.record.state !== attempt.state)
        fail('I10', `${key} is ${attempt.state} and says ${kept?.record.state ?? 'nothing'}`);
      continue;
    }
    const whole = contents.get(key);
    if (!whole) fail('I2', `${key} was made up`);
    else if (!isVanished) for (const what of differences(whole, attempt)) fail('I2', `${key} says complete: ${what}`);
  }
  for (const key of attempts.keys())
    if (!contents.has(key) && !before.scopes.has(key)) fail('I2', `${key} is a scope that nobody knows`);
  return violations;
}

// Links between two listings say what the listings say; theirs are the gaps.
function isFollower(key: string): boolean {
  return key.endsWith('Role') && !key.endsWith('IamRole');
}

/** What a complete scope lost or made up. A node may say itself what is unread of it; then that may be absent. */
function differences(whole: ScopeContent, found: ScopeContent): readonly string[] {
  const isOfAws = whole.scope.place.account === 'aws';
  const wanted = new Map(whole.nodes.map((node) => [node.id, node]));
  const nodes = new Map(found.nodes.map((node) => [node.id, node]));
  const unread = new Set<string>();
  for (const [id, node] of nodes) {
    if (unreadOf(node).some((action) => !unreadOf(wanted.get(id)).includes(action))) unread.add(id);
  }
  const what: string[] = [];
  for (const [id, node] of wanted) {
    const other = nodes.get(id);
    if (!other) {
      if (!isOfAws && !(id !== rootOf(id) && unread.has(rootOf(id)))) what.push(`lost ${id}`);
    } else if (unread.has(id)) what.push(...inventions(node, other));
    else if (JSON.stringify(node) !== JSON.stringify(other)) what.push(`${id} is not what it is`);
  }
  for (const id of nodes.keys()) if (!wanted.has(id)) what.push(`made up ${id}`);
  const foundEdges = new Map(found.edges.map((edge) => [edgeKey(edge), edge]));
  for (const edge of whole.edges) {
    const other = foundEdges.get(edgeKey(edge));
    if (!other && !isExcused(edge, unread, isOfAws)) what.push(`lost ${edgeKey(edge)}`);
    if (other && JSON.stringify(other) !== JSON.stringify(edge)) what.push(`${edgeKey(edge)} is not what it is`);
    foundEdges.delete(edgeKey(edge));
  }
  for (const key of foundEdges.keys()) what.push(`made up ${key}`);
  return what;
}

function isExcused({ from, to }: GraphEdge, unread: ReadonlySet<string>, isOfAws: boolean): boolean {
  return isOfAws || unread.has(rootOf(from)) || unread.has(to);
}

/** Properties of a node with unread parts that it does not really have. */
function inventions(real: GraphNode, found: GraphNode): readonly string[] {
  return Object.entries(found.properties)
    .filter(
      ([name, value]) =>
        !['unread', 'unreadPolicies'].includes(name) && JSON.stringify(real.properties[name]) !== JSON.stringify(value),
    )
    .map(([name]) => `made up \`${name}\` of ${found.id}`);
}

export function attemptsOf(contents: readonly ScopeContent[]): ReadonlyMap<string, ScopeContent> {
  return new Map(contents.map((content) => [scopeKey(content.scope), content]));
}
