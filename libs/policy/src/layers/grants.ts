import type { Grant, Residual } from '@ag/model';
import { granteeOf } from '../services/s3-acl.ts';
import type { LayerView } from './layer-view.ts';
import type { Scene } from './scene.ts';

export interface GuardedGrant {
  readonly grant: Grant;
  readonly guard: Residual;
}

/** Everything that allows: statements, KMS grants, ACL entries, and the root user's own power. */
export function toGrants(scene: Scene, views: readonly LayerView[]): readonly GuardedGrant[] {
  const grants: GuardedGrant[] = [];
  for (const view of views) {
    for (const one of grantsOf(scene, view)) if (one.guard.is !== 'false') grants.push(one);
  }
  return grants;
}

const nothing: readonly GuardedGrant[] = [];

function grantsOf(scene: Scene, { layer, result, allow }: LayerView): readonly GuardedGrant[] {
  const { subject } = scene;
  switch (layer) {
    case 'identity':
      if (subject.principal.kind === 'root') return [{ grant: { by: 'rootUser' }, guard: allow }];
      return statementGrants(result.applying);
    case 'resource':
    case 'trust':
    case 'accessPoint':
      return statementGrants(result.applying);
    case 'grant': {
      const [grantee = ''] = [...subject.self, ...subject.behind];
      return [{ grant: { by: 'kmsGrant', grantee }, guard: allow }];
    }
    case 'acl':
      return [{ grant: { by: 'acl', grantee: granteeOf(scene) }, guard: allow }];
    case 'boundary':
    case 'session':
    case 'scp':
    case 'rcp':
    case 'endpoint':
    case 'publicAccessBlock':
    case 'service':
      return nothing;
  }
}

function statementGrants(statements: LayerView['result']['applying']): readonly GuardedGrant[] {
  return statements
    .filter(({ of }) => of.statement.effect === 'Allow')
    .map(({ of, guard }) => ({ grant: { by: 'statement', statement: of.ref }, guard }));
}
