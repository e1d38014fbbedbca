import type { Layer, Residual } from '@ag/model';
import { always, not } from '../residual/build.ts';
import { type Exceptions, anyForm } from './combine.ts';
import { type LayerView, emptyResult } from './layer-view.ts';
import type { PrincipalSide } from './principal-side.ts';
import type { ResourceSide } from './resource-side.ts';

/**
 * Names the layers for want of whose allow the request fails (EV18), once it is known that access is not certain. In one
 * account an allow of the identity policies would do, so the silence of the resource's side is no obstacle there.
 */
export function markMissing(
  views: readonly LayerView[],
  sides: { readonly principal: PrincipalSide; readonly resource: ResourceSide; readonly access: Residual },
  sameAccount: boolean,
  { resourceMustAllow, worksAcross }: Exceptions,
): readonly LayerView[] {
  const { principal, resource, access } = sides;
  if (access.is === 'true') return views;
  const resourceNeeded = !sameAccount || resourceMustAllow;
  // KM2: without the account's statement in the key policy, no identity policy would help.
  const identityHelps = principal.hasIdentity && !(sameAccount && resourceMustAllow && resource.account.is === 'false');
  const needs = new Map<Layer, Residual>([
    ['identity', identityHelps ? principal.identity : always],
    ...principal.views.filter(({ layer }) => layer !== 'identity').map(({ layer, allow }) => [layer, allow] as const),
    [resource.layer, resourceNeeded ? (worksAcross || sameAccount ? anyForm(resource) : not(always)) : always],
  ]);
  const marked = views.map((view) => {
    const allow = needs.get(view.layer);
    needs.delete(view.layer);
    return allow === undefined || allow.is === 'true' ? view : { ...view, blocks: not(allow) };
  });
  const added = [...needs]
    .filter(([, allow]) => allow.is !== 'true')
    .map(([layer, allow]): LayerView => {
      const because = 'there is no policy';
      return { layer, result: emptyResult, allow, deny: not(always), blocks: not(allow), because };
    });
  return [...marked, ...added];
}
