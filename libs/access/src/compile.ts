import { type GraphNode, type GraphSource, uncollectedLabel } from '@ag/model';
import type { AccessIndex, AskOptions } from './access-index.ts';
import { findAssumptions, toEdges } from './can-assume.ts';
import type { Engine } from './engine.ts';
import { compileAccess } from './compiled/compiled-access.ts';
import { explain } from './explain.ts';
import { externalAccess } from './external/external-access.ts';
import { suggestPrincipals } from './find-principal.ts';
import { readInventory } from './inventory.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { allowFilter } from './may-allow.ts';
import { findSteps } from './paths.ts';
import { paths } from './paths/find-paths.ts';
import { nameOf } from './principals.ts';
import { suggestResources } from './target.ts';
import { whatCan } from './what-can.ts';
import { whoCan } from './who-can.ts';

/** Reads the whole graph once and answers from memory. */
export async function compile(source: GraphSource): Promise<AccessIndex> {
  const inventory = await readInventory(source, await loadCatalogue());
  const filter = allowFilter(inventory);
  const assumptions = findAssumptions(inventory, filter);
  const engine: Engine = {
    inventory,
    filter,
    access: compileAccess(inventory),
    assumptions,
    steps: findSteps(inventory, assumptions),
  };
  const edges = toEdges(assumptions);

  return {
    run: inventory.data.run,
    whoCan: async (question, options) => whoCan(engine, begun(question, options)),
    whatCan: async (question, options) => whatCan(engine, begun(question, options)),
    explain: async (question, options) => explain(engine, begun(question, options)),
    paths: async (question, options) => paths(engine, begun(question, options)),
    externalAccess: async (question, options) => externalAccess(engine, begun(question, options)),
    canAssume: async () => edges,
    namesOf: async (ids) => ids.map((id) => nameOf(inventory.data.nodes.get(id) ?? unknownNode(id))),
    async suggest(kind, text) {
      switch (kind) {
        case 'principal':
          return suggestPrincipals(inventory, text);
        case 'action':
          return inventory.catalogue.suggest(text);
        case 'resource':
          return suggestResources(inventory, text);
      }
    },
    close: async () => undefined,
  };
}

function begun<Question>(question: Question, options: AskOptions | undefined): Question {
  options?.signal?.throwIfAborted();
  return question;
}

function unknownNode(id: string): GraphNode {
  return { id, labels: [uncollectedLabel], properties: {} };
}
