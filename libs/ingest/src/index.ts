export { ingest, type IngestOptions, type IngestSummary } from './ingest.ts';
export { classifyError, type Failure } from './classify-error.ts';
export { readFiles, type ReadFilesOptions } from './read-files.ts';
export { type UnitWorker, type UnitWorkerOptions, startUnitWorker } from './unit-worker.ts';
export type { WorkerOptions } from './unit-queue.ts';
export type { Clock } from './retry.ts';
export type { HttpRequest, HttpResponse, RequestHandler } from './bounded-handler.ts';
