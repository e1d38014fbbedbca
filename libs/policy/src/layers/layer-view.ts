import type { Layer, Residual } from '@ag/model';
import { never } from '../residual/build.ts';
import type { LayerResult } from './evaluate-policies.ts';

/** One layer of the answer: what it allows and denies, and under which residual it stands in the way. */
export interface LayerView {
  readonly layer: Layer;
  /** The level of an SCP or RCP. */
  readonly target?: string;
  readonly result: LayerResult;
  readonly allow: Residual;
  readonly deny: Residual;
  readonly blocks: Residual;
}

/** A layer that says nothing. */
export const emptyResult: LayerResult = { statements: [], allow: never, deny: never };
