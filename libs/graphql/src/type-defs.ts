import { collectionTypeDefs } from './collection/collection.graphql.ts';
import { decisionTypeDefs } from './decision/decision.graphql.ts';
import { explainTypeDefs } from './explain/explain.graphql.ts';
import { externalAccessTypeDefs } from './external-access/external-access.graphql.ts';
import { resourceTypeDefs } from './generated/resource-types.ts';
import { inventoryTypeDefs } from './inventory/inventory.graphql.ts';
import { pagingTypeDefs } from './paging/paging.graphql.ts';
import { pathsTypeDefs } from './paths/paths.graphql.ts';
import { relatedTypeDefs } from './related/related.graphql.ts';
import { whatCanTypeDefs } from './what-can/what-can.graphql.ts';
import { whoCanTypeDefs } from './who-can/who-can.graphql.ts';

/** Every question and every kind of resource, as SDL; one entry a feature. */
export const typeDefs: readonly string[] = [
  '"The questions that can be asked." type Query',
  pagingTypeDefs,
  collectionTypeDefs,
  decisionTypeDefs,
  whoCanTypeDefs,
  whatCanTypeDefs,
  explainTypeDefs,
  pathsTypeDefs,
  externalAccessTypeDefs,
  resourceTypeDefs,
  relatedTypeDefs,
  inventoryTypeDefs,
];
