import {
  ListTagsForResourceCommand,
  RolesAnywhereClient,
  paginateListTrustAnchors,
} from '@aws-sdk/client-rolesanywhere';
import { boolean, date, defineResource, string, strings, toTags } from '@ag/resource';

export const trustAnchor = defineResource('RolesAnywhereTrustAnchor', {
  description:
    'A certificate authority whose certificates are accepted in place of AWS credentials, from machines outside AWS.',
  docs: 'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/introduction.html',
  scope: 'regional',
  client: RolesAnywhereClient,
})
  .list('rolesanywhere:ListTrustAnchors', async function* ({ client }) {
    for await (const page of paginateListTrustAnchors({ client }, {})) yield* page.trustAnchors ?? [];
  })
  .detail('tags', 'rolesanywhere:ListTagsForResource', async ({ client }, { trustAnchorArn }) => {
    const answer = await client.send(new ListTagsForResourceCommand({ resourceArn: trustAnchorArn }));
    return answer.tags;
  })
  .node(({ item }) => item.trustAnchorArn ?? '', {
    name: string('Its name.', ({ item }) => item.name, { indexed: true }),
    enabled: boolean('Whether it lets anybody in.', ({ item }) => item.enabled),
    sourceType: string(
      'CERTIFICATE_BUNDLE for an authority of one’s own, AWS_ACM_PCA for one at AWS.',
      ({ item }) => item.source?.sourceType,
    ),
    authorityArn: string('The certificate authority at AWS.', ({ item }) => item.source?.sourceData?.acmPcaArn),
    createdAt: date('When it was made.', ({ item }) => item.createdAt),
    modifiedAt: date('When it was last changed.', ({ item }) => item.updatedAt),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .trail(
    'rolesanywhere.amazonaws.com',
    ({ resources }) => resources.find(({ type }) => type === 'AWS::RolesAnywhere::TrustAnchor')?.arn,
  );
