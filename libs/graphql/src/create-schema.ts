import { UserError, exitCode } from '@ag/model';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLError, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { accessResolvers } from './access/access.resolvers.ts';
import { collectionResolvers } from './collection/collection.resolvers.ts';
import type { GraphqlContext } from './context.ts';
import { inventoryResolvers, kindResolvers } from './inventory/inventory.resolvers.ts';
import { typeDefs } from './type-defs.ts';

/** The executable schema. Errors that a caller can mend reach them with a code; all others are the server's to mask. */
export function createSchema(): GraphQLSchema {
  const schema = makeExecutableSchema<GraphqlContext>({
    typeDefs: [...typeDefs],
    resolvers: [collectionResolvers, accessResolvers, inventoryResolvers, kindResolvers],
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
  const query = schema.getType('Query');
  if (isObjectType(query)) {
    for (const field of Object.values(query.getFields())) {
      if (field.resolve) field.resolve = withCodes(field.resolve);
    }
  }
  return schema;
}

const codes = new Map<number, string>([
  [exitCode.usage, 'BAD_USER_INPUT'],
  [exitCode.database, 'DATABASE_UNAVAILABLE'],
]);

function withCodes(
  resolve: GraphQLFieldResolver<unknown, GraphqlContext>,
): GraphQLFieldResolver<unknown, GraphqlContext> {
  return async (...args) => {
    try {
      return await resolve(...args);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new GraphQLError(error.message, { extensions: { code: codes.get(error.code) ?? 'FAILED' } });
    }
  };
}
