export * from './access-index.ts';
export * from './answers.ts';
export type { OutsiderKind } from './external/outsiders.ts';
export type * from './external/question.ts';
export type * from './paths/question.ts';
export { compile } from './compile.ts';
