import {
  ECRPUBLICClient,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
} from '@aws-sdk/client-ecr-public';
import { date, defineResource, eventResource, string, strings, toTags } from '@ag/resource';

// Public repositories of the whole world are managed in us-east-1, which is where global resources are asked for.
// https://docs.aws.amazon.com/general/latest/gr/ecr-public.html
export const publicRepository = defineResource('EcrPublicRepository', {
  description: 'A repository of container images that everybody may pull. Its policy says who may push.',
  docs: 'https://docs.aws.amazon.com/AmazonECR/latest/public/public-repository-policies.html',
  scope: 'global',
  client: ECRPUBLICClient,
})
  .list('ecr-public:DescribeRepositories', async function* ({ client, place }) {
    // Only the standard partition has them.
    if (place.partition !== 'aws') return;
    const pages = paginateDescribeRepositories({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.repositories ?? [];
  })
  .detail('policy', 'ecr-public:GetRepositoryPolicy', async ({ client }, { repositoryName }) => {
    const answer = await client.send(new GetRepositoryPolicyCommand({ repositoryName }));
    return answer.policyText;
  })
  .detail('tags', 'ecr-public:ListTagsForResource', async ({ client }, { repositoryArn }) => {
    const answer = await client.send(new ListTagsForResourceCommand({ resourceArn: repositoryArn }));
    return answer.tags;
  })
  .node(({ item }) => item.repositoryArn ?? '', {
    name: string('Repository name.', ({ item }) => item.repositoryName, { indexed: true }),
    uri: string('The address that images are pulled from.', ({ item }) => item.repositoryUri),
    createdAt: date('When it was made.', ({ item }) => item.createdAt),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .policy('resource', ({ policy }) => policy)
  .trail('ecr-public.amazonaws.com', (event) => eventResource(event, 'ecr-public', 'repository/'));
