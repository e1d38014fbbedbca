import { matchesGlob } from './glob.ts';
import { remember } from './remember.ts';

const toLower = remember((text) => text.toLowerCase());

/** Whether an action pattern such as `s3:Get*` names an action; case does not matter (MA1). */
export function matchesAction(pattern: string, action: string): boolean {
  if (pattern === '*') return true;
  return matchesGlob(toLower(pattern), toLower(action));
}
