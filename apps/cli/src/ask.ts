import type { AccessIndex } from '@ag/access';
import type { Graph } from '@ag/graph';
import type { Tool } from './tool.ts';
import { untilAborted } from './until-aborted.ts';

/** Reads the graph for a question. Ctrl-C ends it at once: unlike a run, it has nothing to put away. */
export function askGraph<Result>(tool: Tool, read: (graph: Graph) => Promise<Result>): Promise<Result> {
  return tool.withGraph(tool.load().settings, (graph) => untilAborted(tool.io.signal, read(graph)));
}

/** Puts a question to the index over what the graph holds. */
export function askIndex<Result>(
  tool: Tool,
  question: (index: AccessIndex) => Result | Promise<Result>,
): Promise<Result> {
  return askGraph(tool, async (graph) => await question(await tool.index(graph)));
}
