import { uncollectedLabel } from '@ag/model';
import { findGaps } from '../collection/scope-list.ts';
import { resourceTypeDefs } from '../generated/resource-types.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import {
  countAccounts,
  countPrincipals,
  countResources,
  listAccounts,
  listPrincipals,
  listResources as listAnyResources,
} from './inventory.queries.ts';
import { type ListQueries, listResources } from './list-resources.ts';
import type { ResourceRow } from './resource-row.ts';

const resources: ListQueries = { list: listAnyResources, count: countResources };
const principals: ListQueries = {
  list: listPrincipals,
  count: countPrincipals,
  labels: ['IamUser', 'IamRole', 'AwsRootUser', 'IdentityCenterUser'],
};
const accounts: ListQueries = { list: listAccounts, count: countAccounts, labels: ['AwsAccount'] };

export const inventoryResolvers = {
  Query: {
    node: async (_root, { id }, { nodes }) => nodes.load(id),
    resources: (_root, args, { graph }) => listResources(graph, resources, args),
    principals: (_root, args, { graph }) => listResources(graph, principals, args),
    accounts: (_root, args, { graph }) => listResources(graph, accounts, args),
  },
  ResourceConnection: {
    totalCount: (list) => list.count(),
    gaps: ({ gapsOf }, _args, { graph }) => findGaps(graph, gapsOf),
  },
} satisfies Resolvers;

const kinds = new Set([...resourceTypeDefs.matchAll(/type (\w+) implements Resource/g)].map((match) => match[1] ?? ''));

/** How the type of a resource is found. */
export const resourceTypeResolvers = {
  Resource: {
    // A kind that this schema does not know was written by a newer collector.
    __resolveType: ({ label }: ResourceRow) => (kinds.has(label) ? label : uncollectedLabel),
  },
};
