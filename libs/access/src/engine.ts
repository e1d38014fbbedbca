import type { Assumption } from './can-assume.ts';
import type { Inventory } from './inventory.ts';
import type { AllowFilter } from './may-allow.ts';
import type { Steps } from './paths.ts';

/** What every question is answered from. */
export interface Engine {
  readonly inventory: Inventory;
  readonly filter: AllowFilter;
  readonly assumptions: readonly Assumption[];
  readonly steps: Steps;
}
