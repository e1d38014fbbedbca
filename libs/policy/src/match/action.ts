import { matchesGlob } from './glob.ts';

/** Whether an action pattern such as `s3:Get*` names an action; case does not matter (MA1). */
export function matchesAction(pattern: string, action: string): boolean {
  if (pattern === '*') return true;
  return matchesGlob(pattern.toLowerCase(), action.toLowerCase());
}
