import { makeExecutableSchema } from '@graphql-tools/schema';
import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { collectionResolvers } from './collection/collection.resolvers.ts';
import type { GraphqlContext } from './context.ts';
import { decisionResolvers } from './decision/decision.resolvers.ts';
import { toGraphqlError } from './errors.ts';
import { explainResolvers } from './explain/explain.resolvers.ts';
import { externalAccessResolvers } from './external-access/external-access.resolvers.ts';
import { inventoryResolvers, resourceTypeResolvers } from './inventory/inventory.resolvers.ts';
import { pathsResolvers } from './paths/paths.resolvers.ts';
import { edgeResolvers, relatedResolvers } from './related/related.resolvers.ts';
import { typeDefs } from './type-defs.ts';
import { whatCanResolvers } from './what-can/what-can.resolvers.ts';
import { whoCanResolvers } from './who-can/who-can.resolvers.ts';

/** The executable schema. Errors that a caller can mend reach them with a code; all others are the server's to mask. */
export function createSchema(): GraphQLSchema {
  const schema = makeExecutableSchema<GraphqlContext>({
    typeDefs: [...typeDefs],
    resolvers: [
      collectionResolvers,
      decisionResolvers,
      whoCanResolvers,
      whatCanResolvers,
      explainResolvers,
      pathsResolvers,
      externalAccessResolvers,
      inventoryResolvers,
      resourceTypeResolvers,
      relatedResolvers,
      edgeResolvers,
    ],
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) if (field.resolve) field.resolve = withCodes(field.resolve);
  }
  return schema;
}

function withCodes(
  resolve: GraphQLFieldResolver<unknown, GraphqlContext>,
): GraphQLFieldResolver<unknown, GraphqlContext> {
  return async (...args) => {
    try {
      return await resolve(...args);
    } catch (error) {
      throw toGraphqlError(error);
    }
  };
}
