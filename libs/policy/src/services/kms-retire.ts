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

/** Who may retire a grant (KM4). */
export interface RetireSide {
  /** Whom a grant names. */
  readonly named: Residual;
  /** The caller is of the key's account, or of one that a grant names as retiring, which may delegate it. */
  readonly isDelegable: boolean;
}

/** What grants say about retiring them; `undefined` for any other action. */
export function retireSide(scene: Scene): RetireSide | undefined {
  if (!isRetireGrant(scene.action)) return undefined;
  const { facts, subject, sameAccount } = scene;
  const grants = facts.kms?.grants ?? [];
  const account = subject.account;
  const isDelegable =
    grants.length > 0 &&
    (sameAccount || grants.some((grant) => account !== undefined && isAccount(grant.retiringPrincipal ?? '', account)));
  return { named: retirers(scene), isDelegable };
}

/**
 * Who may retire a grant (KM4): whom the grant names; and principals of the key's account, or of an account that the grant
 * names as retiring, to whom their account delegates it. `undefined` for any other action.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
export function retireGrant(scene: Scene, { identity, limits }: PrincipalSide): Residual | undefined {
  const side = retireSide(scene);
  return side && any([side.named, side.isDelegable ? all([identity, limits]) : never]);
}
