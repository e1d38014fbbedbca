import { type Glob, matchesGlob, toGlob } from './glob.ts';
import { remember } from './remember.ts';

const toLower = remember((text) => text.toLowerCase());

/** An action pattern such as `s3:Get*`, for actions in lower case (MA1). */
export function toActionGlob(pattern: string): Glob {
  return toGlob(toLower(pattern));
}

/** Whether an action pattern names an action; case does not matter (MA1). */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesGlob(toActionGlob(pattern), toLower(action));
}
