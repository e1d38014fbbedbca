import type { Assumption } from './can-assume.ts';
import type { CompiledAccess } from './compiled/compiled-access.ts';
import type { Inventory } from './inventory.ts';
import type { AllowFilter } from './may-allow.ts';
import type { Steps } from './paths.ts';

/** What every question is answered from. */
export interface Engine {
  readonly inventory: Inventory;
  readonly filter: AllowFilter;
  /** The same answers as the reference's, for sets of principals. */
  readonly access: CompiledAccess;
  readonly assumptions: readonly Assumption[];
  readonly steps: Steps;
}
