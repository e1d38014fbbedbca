import { ListTagsForResourceCommand, RolesAnywhereClient, paginateListProfiles } from '@aws-sdk/client-rolesanywhere';
import { boolean, date, defineResource, number, string, strings, toTags } from '@ag/resource';

export const profile = defineResource('RolesAnywhereProfile', {
  description:
    'Roles that machines outside AWS get by a certificate that a trust anchor of the account vouches for. Each role’s trust policy can narrow down which.',
  docs: 'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html',
  scope: 'regional',
  client: RolesAnywhereClient,
})
  .list('rolesanywhere:ListProfiles', async function* ({ client }) {
    for await (const page of paginateListProfiles({ client }, {})) yield* page.profiles ?? [];
  })
  .detail('tags', 'rolesanywhere:ListTagsForResource', async ({ client }, { profileArn }) => {
    const answer = await client.send(new ListTagsForResourceCommand({ resourceArn: profileArn }));
    return answer.tags;
  })
  .node(({ item }) => item.profileArn ?? '', {
    name: string('Its name.', ({ item }) => item.name, { indexed: true }),
    enabled: boolean('Whether it lets anybody in.', ({ item }) => item.enabled),
    sessionSeconds: number('How long the credentials hold.', ({ item }) => item.durationSeconds),
    sessionPolicy: string(
      'The session policy that limits every session, as AWS stores it.',
      ({ item }) => item.sessionPolicy,
    ),
    createdBy: string('Who made it.', ({ item }) => item.createdBy),
    createdAt: date('When it was made.', ({ item }) => item.createdAt),
    modifiedAt: date('When it was last changed.', ({ item }) => item.updatedAt),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .edge(
    'GIVES',
    'IamRole',
    'A machine outside AWS with a certificate gets the role through the profile.',
    ({ item }) => item.roleArns,
  )
  .edge(
    'LIMITED_BY',
    'IamPolicy',
    'Sessions may do no more than the policy allows.',
    ({ item }) => item.managedPolicyArns,
  )
  .trail(
    'rolesanywhere.amazonaws.com',
    ({ resources }) => resources.find(({ type }) => type === 'AWS::RolesAnywhere::Profile')?.arn,
  );
