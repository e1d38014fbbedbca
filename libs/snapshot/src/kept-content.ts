import {
  type Gap,
  type GraphEdge,
  type GraphNode,
  type Held,
  type ScopeContent,
  canonicalGap,
  scopeKey,
} from '@ag/model';
import { readContent, writeContent } from './content-file.ts';
import type { Objects } from './objects.ts';
import { toContent } from './scope-content.ts';
import type { KeptContent } from './store.ts';

const recalled = new WeakMap<ScopeContent, KeptContent>();

/** Where a content that was recalled is kept: whoever writes it to a run need not write it again. */
export function findKept(content: ScopeContent): KeptContent | undefined {
  return recalled.get(content);
}

/** Keeps what one attempt brought. Gaps are kept apart: a scope of many denied details has many. */
export async function keepContent(objects: Objects, attempt: ScopeContent): Promise<KeptContent> {
  const { scope, state, readAt, nodes, edges, gaps } = attempt;
  const content = await writeContent(objects, toContent(scopeKey(scope), nodes, edges));
  const lines = gaps.map((gap) => JSON.stringify(canonicalGap(gap)));
  const keptGaps = lines.length > 0 ? await objects.write(lines) : undefined;
  return { scope, state, readAt, ...(content && { content }), ...(keptGaps && { gaps: keptGaps }) };
}

/** What was kept, with its content and gaps read back. */
export async function recallContent(objects: Objects, kept: KeptContent): Promise<ScopeContent> {
  const { nodes, edges } = await readContent(objects, kept.content);
  const gaps: Gap[] = [];
  if (kept.gaps) {
    for await (const line of objects.read(kept.gaps)) {
      const gap: unknown = JSON.parse(line);
      if (isGap(gap)) gaps.push(gap);
    }
  }
  const { scope, state, readAt } = kept;
  const content: ScopeContent = {
    scope,
    state,
    readAt,
    nodes: [...nodes.values()].map((node) => asRead<GraphNode>(node)),
    edges: [...edges.values()].map((edge) => asRead<GraphEdge>(edge)),
    gaps,
  };
  recalled.set(content, kept);
  return content;
}

function asRead<Value extends object>({ scopes: _, ...value }: Held<Value>): Omit<Held<Value>, 'scopes'> {
  return value;
}

// The object's checksum has proven that we wrote it.
function isGap(value: unknown): value is Gap {
  return typeof value === 'object' && value !== null && 'action' in value && 'reason' in value;
}
