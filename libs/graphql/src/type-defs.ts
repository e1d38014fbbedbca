import { accessTypeDefs } from './access/access.graphql.ts';
import { explanationTypeDefs } from './access/explanation.graphql.ts';
import { collectionTypeDefs } from './collection/collection.graphql.ts';
import { resourceTypeDefs } from './generated/resource-types.ts';
import { inventoryTypeDefs } from './inventory/inventory.graphql.ts';
import { pagingTypeDefs } from './paging/paging.graphql.ts';

/** Every question and every kind of resource, as SDL; one entry a feature. */
export const typeDefs: readonly string[] = [
  '"The questions that can be asked." type Query',
  pagingTypeDefs,
  collectionTypeDefs,
  accessTypeDefs,
  explanationTypeDefs,
  resourceTypeDefs,
  inventoryTypeDefs,
];
