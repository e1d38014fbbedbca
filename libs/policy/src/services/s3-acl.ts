import type { AclGrant, Facts } from '../types.ts';
import type { Subject } from '../layers/subject.ts';

const everyone = 'http://acs.amazonaws.com/groups/global/AllUsers';
const authenticated = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';

// Which ACL permission lets one do what. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions
const objectActions: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:getobject', 's3:getobjectversion'],
  READ_ACP: ['s3:getobjectacl', 's3:getobjectversionacl'],
  WRITE_ACP: ['s3:putobjectacl', 's3:putobjectversionacl'],
};
const bucketActions: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:listbucket', 's3:listbucketversions', 's3:listbucketmultipartuploads'],
  WRITE: ['s3:putobject', 's3:deleteobject', 's3:deleteobjectversion'],
  READ_ACP: ['s3:getbucketacl'],
  WRITE_ACP: ['s3:putbucketacl'],
};

/** The grantee that an ACL lets in, if it does (S33). ACLs add allows and never deny. */
export function findAclGrant(action: string, facts: Facts, subject: Subject): AclGrant | undefined {
  const s3 = facts.s3;
  if (!s3 || (s3.objectOwnership ?? 'BucketOwnerEnforced') === 'BucketOwnerEnforced') return undefined;
  const { account, bucket } = s3.publicAccessBlock ?? {};
  const ignoresPublic = account?.ignorePublicAcls === true || bucket?.ignorePublicAcls === true;
  const wanted = action.toLowerCase();
  return find(s3.objectAcl ?? [], objectActions) ?? find(s3.bucketAcl ?? [], bucketActions);

  function find(grants: readonly AclGrant[], table: Readonly<Record<string, readonly string[]>>): AclGrant | undefined {
    return grants.find(({ grantee, permission }) => {
      const actions = permission === 'FULL_CONTROL' ? Object.values(table).flat() : (table[permission] ?? []);
      return actions.includes(wanted) && isGrantee(grantee);
    });
  }

  function isGrantee(grantee: AclGrant['grantee']): boolean {
    switch (grantee.type) {
      case 'CanonicalUser':
        return grantee.id === subject.canonicalUserId;
      case 'Group':
        if (grantee.uri === everyone) return !ignoresPublic;
        return grantee.uri === authenticated && !ignoresPublic && subject.account !== undefined;
    }
  }
}

/** A grantee's name for people. */
export function granteeName({ grantee }: AclGrant): string {
  return grantee.type === 'Group' ? grantee.uri : grantee.id;
}

/** Whether the bucket's policy reaches the object: not where another account owns it (S33). */
export function policyReachesObject(facts: Facts, bucketAccount: string | undefined): boolean {
  const owner = facts.s3?.objectOwnerAccountId;
  if (owner === undefined || owner === bucketAccount) return true;
  return (facts.s3?.objectOwnership ?? 'BucketOwnerEnforced') === 'BucketOwnerEnforced';
}
