import { type LayerView, emptyResult, toView } from '../layers/layer-view.ts';
import type { Scene } from '../layers/scene.ts';
import type { Subject } from '../layers/subject.ts';
import { always, never } from '../residual/build.ts';
import type { AclGrant, Facts } from '../types.ts';
import { blocksOf } from './s3-public.ts';

const everyone = 'http://acs.amazonaws.com/groups/global/AllUsers';
const authenticated = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
const logService = 'logging.s3.amazonaws.com';

// Which ACL permission lets one do what. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions
const objectActions: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:getobject', 's3:getobjectversion'],
  READ_ACP: ['s3:getobjectacl', 's3:getobjectversionacl'],
  WRITE_ACP: ['s3:putobjectacl', 's3:putobjectversionacl'],
};
const bucketActions: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:listbucket', 's3:listbucketversions', 's3:listbucketmultipartuploads'],
  // Whom it lets delete is the object's owner, who needs no grant, and the bucket's.
  WRITE: ['s3:putobject'],
  READ_ACP: ['s3:getbucketacl'],
  WRITE_ACP: ['s3:putbucketacl'],
};

/** The ACLs of bucket and object as a layer that only allows (S33); `undefined` where they say nothing. */
export function aclView(scene: Scene): LayerView | undefined {
  const { facts, action } = scene;
  const unread = scene.readings('acl');
  // What is unread may be the ownership itself; said to be enforced, it is known.
  const counts = unread ? facts.s3?.objectOwnership !== 'BucketOwnerEnforced' : aclsCount(facts);
  if (!counts || !isAclAction(action)) return undefined;
  if (unread === 'best') return toView(scene, 'acl');
  const [grant] = aclGrants(scene);
  if (!grant) return undefined;
  const because = `an ACL grants ${grant.permission} to ${granteeName(grant)}`;
  return { layer: 'acl', result: emptyResult, allow: always, deny: never, blocks: never, because };
}

/**
 * Whether an ACL lets the caller in by its account: the account's own policies must then allow as well, as where a policy
 * names the account (EV14).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html
 */
export function delegatesByAcl(scene: Scene): boolean {
  if (scene.subject.principal.kind === 'root') return false;
  const grants = aclGrants(scene);
  return grants.length > 0 && grants.every(({ grantee }) => grantee.type === 'CanonicalUser');
}

/** The grantee by whom an ACL lets the caller in, for people. */
export function granteeOf(scene: Scene): string {
  const [grant] = aclGrants(scene);
  return grant ? granteeName(grant) : '';
}

function aclsCount({ s3 }: Facts): boolean {
  return s3 !== undefined && (s3.objectOwnership ?? 'BucketOwnerEnforced') !== 'BucketOwnerEnforced';
}

/** Whether ACLs have a say in an action. */
export function isAclAction(action: string): boolean {
  return [objectActions, bucketActions].some((table) => Object.values(table).flat().includes(action.toLowerCase()));
}

/** The entries that let the caller do what it asks for. */
function aclGrants(scene: Scene): readonly AclGrant[] {
  const { facts, action, subject } = scene;
  const { s3 } = facts;
  if (!s3 || !aclsCount(facts)) return [];
  const ignoresPublic = blocksOf(scene).some(({ ignorePublicAcls }) => ignorePublicAcls === true);
  const wanted = action.toLowerCase();
  return [...those(s3.objectAcl ?? [], objectActions), ...those(s3.bucketAcl ?? [], bucketActions)];

  function those(grants: readonly AclGrant[], table: Readonly<Record<string, readonly string[]>>): readonly AclGrant[] {
    return grants.filter(({ grantee, permission }) => {
      const actions = permission === 'FULL_CONTROL' ? Object.values(table).flat() : (table[permission] ?? []);
      return actions.includes(wanted) && isGrantee(grantee, subject, ignoresPublic);
    });
  }
}

function isGrantee(grantee: AclGrant['grantee'], subject: Subject, ignoresPublic: boolean): boolean {
  switch (grantee.type) {
    case 'CanonicalUser':
      return grantee.id === subject.canonicalUserId;
    case 'Group':
      if (grantee.uri === everyone) return !ignoresPublic;
      if (grantee.uri === logDelivery)
        return subject.principal.kind === 'service' && subject.principal.name === logService;
      return grantee.uri === authenticated && !ignoresPublic && subject.account !== undefined;
  }
}

function granteeName({ grantee }: AclGrant): string {
  return grantee.type === 'Group' ? grantee.uri : grantee.id;
}

/** Whether what the bucket's policy allows reaches the object: not where another account owns it (S33). */
export function policyReachesObject({ facts, action, bucketOwner }: Scene): boolean {
  return foreignOwner(facts, action, bucketOwner) === undefined;
}

/**
 * The account that owns an object where it is not the bucket's; that account must then give access. The bucket's owner may
 * still deny, delete, archive and restore.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html
 */
export function foreignOwner(facts: Facts, action: string, bucketAccount: string | undefined): string | undefined {
  const owner = facts.s3?.objectOwnerAccountId;
  if (owner === undefined || owner === bucketAccount || !aclsCount(facts)) return undefined;
  return /^s3:(get|put)object./i.test(action) || /^s3:getobject$/i.test(action) ? owner : undefined;
}
