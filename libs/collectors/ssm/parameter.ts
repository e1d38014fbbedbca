import {
  type GetResourcePoliciesResponseEntry,
  ListTagsForResourceCommand,
  type ParameterMetadata,
  SSMClient,
  paginateDescribeParameters,
  paginateGetResourcePolicies,
} from '@aws-sdk/client-ssm';
import type { Place } from '@ag/model';
import { date, defineResource, string, strings, toKeyArn, toTags } from '@ag/resource';
import { joinPolicies } from './join-policies.ts';

export const parameter = defineResource('SsmParameter', {
  description: 'A value that programs look up, often a secret. Its value is never read.',
  docs: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html',
  scope: 'regional',
  client: SSMClient,
})
  .list('ssm:DescribeParameters', async function* ({ client }) {
    for await (const page of paginateDescribeParameters({ client, pageSize: 50 }, {})) yield* page.Parameters ?? [];
  })
  // Only advanced parameters can be shared.
  .detail('policies', 'ssm:GetResourcePolicies', async ({ client, place }, item) => {
    const policies: GetResourcePoliciesResponseEntry[] = [];
    if (item.Tier === 'Standard') return policies;
    const pages = paginateGetResourcePolicies({ client, pageSize: 50 }, { ResourceArn: arnOf(item, place) });
    for await (const page of pages) policies.push(...(page.Policies ?? []));
    return policies;
  })
  .detail('tags', 'ssm:ListTagsForResource', async ({ client }, { Name }) => {
    const answer = await client.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: Name }));
    return answer.TagList;
  })
  .node(({ item, place }) => arnOf(item, place), {
    name: string('Its name: `/shop/database/password`.', ({ item }) => item.Name, { indexed: true }),
    type: string('String, StringList or SecureString.', ({ item }) => item.Type),
    tier: string('Standard, or Advanced, which can be shared.', ({ item }) => item.Tier),
    modifiedAt: date('When it was last changed.', ({ item }) => item.LastModifiedDate),
    modifiedBy: string('Who last changed it.', ({ item }) => item.LastModifiedUser),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'Its value is encrypted with the key.',
    ({ item, place }) => item.KeyId && toKeyArn(item.KeyId, place),
  )
  .policy('resource', ({ policies }) => joinPolicies((policies ?? []).flatMap(({ Policy }) => Policy ?? [])))
  .trail('ssm.amazonaws.com', ({ resources }) => resources.find(({ type }) => type === 'AWS::SSM::Parameter')?.arn);

/** A name with a path begins with a slash, which the ARN does not repeat. */
function arnOf({ ARN, Name = '' }: ParameterMetadata, place: Place): string {
  return ARN ?? `arn:${place.partition}:ssm:${place.region}:${place.account}:parameter/${Name.replace(/^\//, '')}`;
}
