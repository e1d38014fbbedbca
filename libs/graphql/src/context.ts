import type { AccessIndex } from '@ag/access';
import type { Graph } from '@ag/graph';
import type DataLoader from 'dataloader';
import type { ResourceRow } from './inventory/resource-row.ts';

/** What a request is answered from. */
export interface GraphqlContext {
  /** The index of this moment: one request keeps the one it began with. Throws a `UserError` before the first run. */
  index(): AccessIndex;
  readonly graph: Graph;
  /** Nodes by id, asked for together. */
  readonly nodes: DataLoader<string, ResourceRow | undefined>;
}
