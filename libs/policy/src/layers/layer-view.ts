import type { Layer, Residual } from '@ag/model';
import { always, never, not } from '../residual/build.ts';
import type { LayerResult } from './evaluate-policies.ts';
import type { Scene } from './scene.ts';

/** One layer of the answer: what it allows and denies, and where it stands in the way. */
export interface LayerView {
  readonly layer: Layer;
  /** The level of an SCP or RCP. */
  readonly target?: string;
  readonly result: LayerResult;
  readonly allow: Residual;
  readonly deny: Residual;
  /** Under which residual the request fails for want of this layer's allow. */
  readonly blocks: Residual;
  /** Why the layer has no say here; it then neither allows nor denies. */
  readonly exempt?: string;
  /** What the layer did, where no statement tells. */
  readonly because?: string;
}

export const emptyResult: LayerResult = { statements: [], applying: [], allow: never, deny: never, doubts: [] };

/** A layer as it was read, or as it is taken to be where it was not. */
export function toView(scene: Scene, layer: Layer, result: LayerResult = emptyResult, target?: string): LayerView {
  const reading = scene.readings(layer);
  return {
    layer,
    result,
    allow: reading === 'best' ? always : result.allow,
    deny: reading === 'worst' ? always : result.deny,
    blocks: never,
    ...(target !== undefined && { target }),
  };
}

/** A layer that must allow, whatever the others say. */
export function toGate(view: LayerView): LayerView {
  return { ...view, blocks: not(view.allow) };
}

export function exemptView(layer: Layer, exempt: string): LayerView {
  return { layer, result: emptyResult, allow: never, deny: never, blocks: never, exempt };
}
