export * from './access-index.ts';
export * from './answers.ts';
export type { OutsiderKind } from './external/outsiders.ts';
export type * from './external/question.ts';
export type * from './paths/question.ts';
export { compile } from './compile.ts';
export { serveIndex } from './worker/serve-index.ts';
export { ThreadEnded, type ThreadIndex, type ThreadOptions, openThreadIndex } from './worker/thread-index.ts';
