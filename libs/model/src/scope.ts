import { type Gap, gapReasons } from './gap.ts';
import type { GraphEdge, GraphNode } from './graph.ts';
import { type Place, placeKey } from './place.ts';

/** Connection × place × resource label: the unit of completeness. */
export interface Scope {
  readonly connection: string;
  readonly place: Place;
  readonly resource: string;
}

/**
 * `complete` is proven to hold everything that was there. `partial` was listed in part. Any other state says why the
 * listing failed. Only a complete scope may remove anything. `held` was listed to its end, and would remove so much that
 * the content before stays until a second reading or a person confirms it.
 */
export const scopeStates = ['complete', 'partial', 'skipped', 'detached', ...gapReasons] as const;
export type ScopeState = (typeof scopeStates)[number];

/** What a run knows of one scope, apart from its nodes and edges. */
export interface ScopeRecord {
  readonly scope: Scope;
  /** How the last attempt ended. */
  readonly state: ScopeState;
  /** The run whose content this scope holds; older than the current run when it was carried forward. */
  readonly readInRun: string;
  /** That run's number, by which the newer of two contents is known; a clock may have jumped between them. */
  readonly readInNumber?: number | undefined;
  /** When that content was read, ISO 8601. */
  readonly readAt: string;
  /** Gaps of the last attempt. */
  readonly gaps: readonly Gap[];
}

/** What one attempt to read a scope brought. */
export interface ScopeContent {
  readonly scope: Scope;
  readonly state: ScopeState;
  readonly readAt: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly gaps: readonly Gap[];
}

/** A scope as one word: `organization/aws/111122223333/eu-west-1/SqsQueue`. */
export function scopeKey(scope: Scope): string {
  return `${scope.connection}/${placeKey(scope.place)}/${scope.resource}`;
}
