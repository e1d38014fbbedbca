import {
  ECRClient,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
} from '@aws-sdk/client-ecr';
import { boolean, date, defineResource, eventResource, string, strings, toKeyArn, toTags } from '@ag/resource';

export const repository = defineResource('EcrRepository', {
  description: 'A repository of container images. Its policy and that of the registry decide about it together.',
  docs: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html',
  scope: 'regional',
  client: ECRClient,
})
  .list('ecr:DescribeRepositories', async function* ({ client }) {
    const pages = paginateDescribeRepositories({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.repositories ?? [];
  })
  .detail('policy', 'ecr:GetRepositoryPolicy', async ({ client }, { repositoryName }) => {
    const answer = await client.send(new GetRepositoryPolicyCommand({ repositoryName }));
    return answer.policyText;
  })
  .detail('tags', 'ecr:ListTagsForResource', async ({ client }, { repositoryArn }) => {
    const answer = await client.send(new ListTagsForResourceCommand({ resourceArn: repositoryArn }));
    return answer.tags;
  })
  .node(({ item }) => item.repositoryArn ?? '', {
    name: string('Repository name.', ({ item }) => item.repositoryName, { indexed: true }),
    uri: string('The address that images are pulled from.', ({ item }) => item.repositoryUri),
    tagMutability: string(
      'Whether an image’s tag may be moved: MUTABLE or IMMUTABLE.',
      ({ item }) => item.imageTagMutability,
    ),
    scansOnPush: boolean('Whether new images are scanned.', ({ item }) => item.imageScanningConfiguration?.scanOnPush),
    encryptionType: string('AES256, KMS or KMS_DSSE.', ({ item }) => item.encryptionConfiguration?.encryptionType),
    createdAt: date('When it was made.', ({ item }) => item.createdAt),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .edge('ENCRYPTED_WITH', 'KmsKey', 'The images in the repository are encrypted with the key.', ({ item, place }) => {
    const key = item.encryptionConfiguration?.kmsKey;
    return key ? toKeyArn(key, place) : undefined;
  })
  .edge(
    'IN_REGISTRY',
    'EcrRegistry',
    'The repository is in the registry, whose policy decides about it as well.',
    ({ item, place }) =>
      `arn:${place.partition}:ecr:${place.region}:${place.account}:registry/${item.registryId ?? place.account}`,
  )
  .policy('resource', ({ policy }) => policy)
  .trail('ecr.amazonaws.com', (event) => eventResource(event, 'ecr', 'repository/'));
