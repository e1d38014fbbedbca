export * from './store.ts';
export { openSnapshotStore } from './open-store.ts';
export { diffGraphs, type GraphDifference, type Difference } from './diff-graphs.ts';
export { keptScopes, openMemoryStore, type Kept, type MemoryStore } from './memory-store.ts';
