import type { AccessIndex } from '@ag/access';
import type { Graph } from '@ag/graph';
import type { NameOf } from '@ag/model';
import type { Tool } from './tool.ts';
import { untilAborted } from './until-aborted.ts';

/** Reads the graph for a question. Ctrl-C ends it at once: unlike a run, it has nothing to put away. */
export function askGraph<Result>(tool: Tool, read: (graph: Graph) => Promise<Result>): Promise<Result> {
  return tool.withGraph(tool.load().settings, (graph) => untilAborted(tool.io.signal, read(graph)));
}

/** Puts a question to the index over what the graph holds. */
export function askIndex<Result>(tool: Tool, question: (index: AccessIndex) => Promise<Result>): Promise<Result> {
  return askGraph(tool, async (graph) => {
    const index = await tool.index(graph);
    try {
      return await question(index);
    } finally {
      await index.close();
    }
  });
}

/** What people call these nodes. */
export async function namesFor(index: AccessIndex, ids: Iterable<string>): Promise<NameOf> {
  const wanted = [...new Set(ids)];
  const names = await index.namesOf(wanted);
  const known = new Map(wanted.map((id, at) => [id, names[at] ?? id]));
  return (id) => known.get(id) ?? id;
}
