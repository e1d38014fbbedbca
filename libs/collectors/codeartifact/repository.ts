import {
  CodeartifactClient,
  GetRepositoryPermissionsPolicyCommand,
  ListTagsForResourceCommand,
  paginateListRepositories,
} from '@aws-sdk/client-codeartifact';
import { date, defineResource, eventResource, string, strings, toTags } from '@ag/resource';

export const repository = defineResource('CodeArtifactRepository', {
  description: 'A repository of software packages. Its policy decides about the packages in it.',
  docs: 'https://docs.aws.amazon.com/codeartifact/latest/ug/repo-policies.html',
  scope: 'regional',
  client: CodeartifactClient,
})
  .list('codeartifact:ListRepositories', async function* ({ client }) {
    const pages = paginateListRepositories({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.repositories ?? [];
  })
  .detail('policy', 'codeartifact:GetRepositoryPermissionsPolicy', async ({ client }, item) => {
    const { domainName: domain, domainOwner, name: repository } = item;
    const answer = await client.send(new GetRepositoryPermissionsPolicyCommand({ domain, domainOwner, repository }));
    return answer.policy?.document;
  })
  .detail('tags', 'codeartifact:ListTagsForResource', async ({ client }, { arn }) => {
    const answer = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    return answer.tags;
  })
  .node(({ item }) => item.arn ?? '', {
    name: string('Its name, unique in its domain.', ({ item }) => item.name, { indexed: true }),
    description: string('What its owner wrote about it.', ({ item }) => item.description),
    administrator: string('The account that manages it.', ({ item }) => item.administratorAccount),
    createdAt: date('When it was made.', ({ item }) => item.createdTime),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .edge('IN_DOMAIN', 'CodeArtifactDomain', 'The repository belongs to the domain.', ({ item, place }) =>
    item.domainName === undefined
      ? undefined
      : `arn:${place.partition}:codeartifact:${place.region}:${item.domainOwner ?? place.account}:domain/${item.domainName}`,
  )
  .policy('resource', ({ policy }) => policy)
  .trail('codeartifact.amazonaws.com', (event) => eventResource(event, 'codeartifact', 'repository/'));
