import type { GraphSource } from '@ag/model';
import type { AccessIndex } from './access-index.ts';
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
    whoCan: (question) => whoCan(engine, question),
    whatCan: (question) => whatCan(engine, question),
    explain: (question) => explain(engine, question),
    paths: async (question) => paths(engine, question),
    externalAccess: async (question) => externalAccess(engine, question),
    canAssume: () => edges,
    nameOf: (id) => nameOf(inventory.data.nodes.get(id) ?? { id, labels: ['Uncollected'], properties: {} }),
    suggest(kind, text) {
      switch (kind) {
        case 'principal':
          return suggestPrincipals(inventory, text);
        case 'action':
          return inventory.catalogue.suggest(text);
        case 'resource':
          return suggestResources(inventory, text);
      }
    },
  };
}
