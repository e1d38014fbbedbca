export * from './store.ts';
export { openSnapshotStore } from './open-store.ts';
export { diffGraphs, type GraphDifference, type Difference } from './diff-graphs.ts';
export { filledScopes } from './filled-scopes.ts';
export { DamagedObject, type ObjectRef } from './objects.ts';
export { StorageFailure } from './storage.ts';
export { isLocation } from './open-storage.ts';
export { keptScopes, openMemoryStore, type Kept, type MemoryStore } from './memory-store.ts';
