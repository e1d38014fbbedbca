// The first file of a thread. The product runs from its TypeScript, and a thread does not inherit the loader of that everywhere.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.entry);
