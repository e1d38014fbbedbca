export * from './graph.ts';
export { openGraph, type GraphOptions } from './open-graph.ts';
export { cypher } from './cypher.ts';
export { LeaseHeld, LeaseLost } from './lease.ts';
export { toScopeRecord } from './scope-record.ts';
