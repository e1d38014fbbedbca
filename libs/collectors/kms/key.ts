import {
  type AliasListEntry,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  type GrantConstraints,
  type GrantListEntry,
  KMSClient,
  paginateListAliases,
  paginateListGrants,
  paginateListKeys,
  paginateListResourceTags,
  type Tag,
} from '@aws-sdk/client-kms';
import { boolean, date, defineResource, json, string, strings, toTags } from '@ag/resource';

export const key = defineResource('KmsKey', {
  description: 'An encryption key. Its policy must allow every use; grants allow more, beside IAM.',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html',
  scope: 'regional',
  client: KMSClient,
})
  .list('kms:ListKeys', async function* ({ client }) {
    for await (const page of paginateListKeys({ client, pageSize: 1000 }, {})) yield* page.Keys ?? [];
  })
  .detail('metadata', 'kms:DescribeKey', async ({ client }, { KeyId }) => {
    const answer = await client.send(new DescribeKeyCommand({ KeyId }));
    return answer.KeyMetadata;
  })
  // A key has one policy, and its name is always `default`.
  .detail('policy', 'kms:GetKeyPolicy', async ({ client }, { KeyId }) => {
    const answer = await client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    return answer.Policy;
  })
  .detail('grants', 'kms:ListGrants', async ({ client }, { KeyId }) => {
    const grants: GrantListEntry[] = [];
    for await (const page of paginateListGrants({ client, pageSize: 100 }, { KeyId }))
      grants.push(...(page.Grants ?? []));
    return grants;
  })
  .detail('aliases', 'kms:ListAliases', async ({ client }, { KeyId }) => {
    const aliases: AliasListEntry[] = [];
    const pages = paginateListAliases({ client, pageSize: 100 }, { KeyId });
    for await (const page of pages) aliases.push(...(page.Aliases ?? []));
    return aliases;
  })
  .detail('tags', 'kms:ListResourceTags', async ({ client }, { KeyId }) => {
    const tags: Tag[] = [];
    for await (const page of paginateListResourceTags({ client, pageSize: 50 }, { KeyId }))
      tags.push(...(page.Tags ?? []));
    return tags;
  })
  .node(({ item }) => item.KeyArn ?? '', {
    keyId: string('Key id.', ({ item }) => item.KeyId, { indexed: true }),
    aliasNames: strings('Names that it is used by: `alias/payroll`.', ({ aliases }) =>
      [...new Set((aliases ?? []).flatMap(({ AliasName }) => AliasName ?? []))].sort(),
    ),
    description: string('What its owner wrote about it.', ({ metadata }) => metadata?.Description),
    keyManager: string(
      'CUSTOMER, or AWS for a key that a service made for itself.',
      ({ metadata }) => metadata?.KeyManager,
    ),
    state: string('Enabled, Disabled, PendingDeletion …', ({ metadata }) => metadata?.KeyState),
    usage: string('ENCRYPT_DECRYPT, SIGN_VERIFY …', ({ metadata }) => metadata?.KeyUsage),
    origin: string('Where its material is from: AWS_KMS, EXTERNAL …', ({ metadata }) => metadata?.Origin),
    multiRegion: boolean('Whether it has replicas in other regions.', ({ metadata }) => metadata?.MultiRegion),
    createdAt: date('When it was made.', ({ metadata }) => metadata?.CreationDate),
    grants: json('Grants: who may do what with it, apart from policies.', ({ grants }) =>
      // A page may repeat what stood on the one before.
      [...new Map((grants ?? []).map((grant) => [grant.GrantId, toGrant(grant)])).values()],
    ),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .policy('resource', ({ policy }) => policy)
  .alias(({ item }) => item.KeyId)
  .alias(({ aliases }) => aliases?.flatMap(({ AliasArn }) => AliasArn ?? []))
  .trail('kms.amazonaws.com', ({ resources }) => resources.find(({ type }) => type === 'AWS::KMS::Key')?.arn);

// https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html
function toGrant(grant: GrantListEntry) {
  return {
    grantId: grant.GrantId,
    granteePrincipal: grant.GranteePrincipal,
    operations: grant.Operations ?? [],
    constraints: grant.Constraints && toConstraints(grant.Constraints),
    retiringPrincipal: grant.RetiringPrincipal,
    creationDate: grant.CreationDate?.toISOString(),
  };
}

// Member by member, so that nothing is kept that we do not know: a grant's answer is stored as text.
function toConstraints({ EncryptionContextEquals, EncryptionContextSubset, SourceArn }: GrantConstraints) {
  return { EncryptionContextSubset, EncryptionContextEquals, SourceArn };
}
