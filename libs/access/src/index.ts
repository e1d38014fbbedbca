export * from './access-index.ts';
export * from './answers.ts';
export type * from './paths/question.ts';
export { compile } from './compile.ts';
