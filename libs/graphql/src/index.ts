export type { GraphqlContext } from './context.ts';
export { createSchema } from './create-schema.ts';
export { nodeLoader } from './inventory/load.ts';
export { typeDefs } from './type-defs.ts';
