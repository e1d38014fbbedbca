export * from './access-index.ts';
export * from './answers.ts';
export { compile } from './compile.ts';
