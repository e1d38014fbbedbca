import {
  CodeartifactClient,
  GetDomainPermissionsPolicyCommand,
  ListTagsForResourceCommand,
  paginateListDomains,
} from '@aws-sdk/client-codeartifact';
import { date, defineResource, eventResource, string, strings, toKeyArn, toTags } from '@ag/resource';

export const domain = defineResource('CodeArtifactDomain', {
  description: 'What package repositories of one or more accounts belong to. Its policy lets others get tokens.',
  docs: 'https://docs.aws.amazon.com/codeartifact/latest/ug/domain-policies.html',
  scope: 'regional',
  client: CodeartifactClient,
})
  .list('codeartifact:ListDomains', async function* ({ client, place }) {
    const pages = paginateListDomains({ client, pageSize: 1000 }, {});
    for await (const page of pages) {
      // Domains that were shared with the account are their owner's.
      yield* (page.domains ?? []).filter(({ owner }) => owner === undefined || owner === place.account);
    }
  })
  .detail('policy', 'codeartifact:GetDomainPermissionsPolicy', async ({ client }, { name }) => {
    const answer = await client.send(new GetDomainPermissionsPolicyCommand({ domain: name }));
    return answer.policy?.document;
  })
  .detail('tags', 'codeartifact:ListTagsForResource', async ({ client }, { arn }) => {
    const answer = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    return answer.tags;
  })
  .node(({ item }) => item.arn ?? '', {
    name: string('Its name, unique in account and region.', ({ item }) => item.name, { indexed: true }),
    state: string('Active or Deleted.', ({ item }) => item.status),
    createdAt: date('When it was made.', ({ item }) => item.createdTime),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'The packages of the domain are encrypted with the key.',
    ({ item, place }) => item.encryptionKey && toKeyArn(item.encryptionKey, place),
  )
  .policy('resource', ({ policy }) => policy)
  .trail('codeartifact.amazonaws.com', (event) => eventResource(event, 'codeartifact', 'domain/'));
