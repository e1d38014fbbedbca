export { type GraphqlContext, createContext } from './context.ts';
export { createSchema } from './create-schema.ts';
export { NothingCollected } from './errors.ts';
export { typeDefs } from './type-defs.ts';
