import type { Gap, Scope, ScopeState } from '@ag/model';

/** What a refresh tells while it is under way. */
export type Progress =
  | { readonly phase: 'collect' | 'snapshot' | 'access' | 'publish' }
  | {
      readonly phase: 'scope';
      readonly scope: Scope;
      readonly state: ScopeState;
      readonly nodes: number;
      readonly edges: number;
      readonly gaps: readonly Gap[];
    };
