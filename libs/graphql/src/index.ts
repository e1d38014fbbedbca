export { type GraphqlContext, createContext } from './context.ts';
export { createSchema } from './create-schema.ts';
export { typeDefs } from './type-defs.ts';
