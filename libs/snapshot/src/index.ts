export * from './store.ts';
export { openSnapshotStore } from './open-store.ts';
export { diffGraphs, type GraphDifference, type Difference } from './diff-graphs.ts';
export { filledScopes } from './filled-scopes.ts';
