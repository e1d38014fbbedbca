import type { Residual } from '@ag/model';
import type { PrincipalSide } from '../layers/principal-side.ts';
import type { Scene } from '../layers/scene.ts';
import { isAccount } from '../layers/subject.ts';
import { all, any, never } from '../residual/build.ts';
import { retirers } from './kms.ts';

/** Whether the key's policy has no say about an action (KM4). */
export function isRetireGrant(action: string): boolean {
  return /^kms:retiregrant$/i.test(action);
}

/**
 * Who may retire a grant (KM4): whom the grant names; and principals of the key's account, or of an account that the grant
 * names as retiring, to whom their account delegates it. `undefined` for any other action.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
export function retireGrant(scene: Scene, { identity, limits }: PrincipalSide): Residual | undefined {
  if (!isRetireGrant(scene.action)) return undefined;
  const { facts, subject, sameAccount } = scene;
  const grants = facts.kms?.grants ?? [];
  const named = retirers(scene);
  const account = subject.account;
  const delegable =
    grants.length > 0 &&
    (sameAccount || grants.some((grant) => account !== undefined && isAccount(grant.retiringPrincipal ?? '', account)));
  return any([named, delegable ? all([identity, limits]) : never]);
}
