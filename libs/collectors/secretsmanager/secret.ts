import { GetResourcePolicyCommand, SecretsManagerClient, paginateListSecrets } from '@aws-sdk/client-secrets-manager';
import { boolean, date, defineResource, eventParameter, string, strings, toKeyArn, toTags } from '@ag/resource';

// Never its value: `secretsmanager:GetSecretValue` is not among the actions.
export const secret = defineResource('SecretsManagerSecret', {
  description: 'A secret: what it is called, who may read it, what encrypts it. Its value is never read.',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html',
  scope: 'regional',
  client: SecretsManagerClient,
})
  .list('secretsmanager:ListSecrets', async function* ({ client }) {
    // What is marked for deletion can still be restored, by whoever may.
    const pages = paginateListSecrets({ client, pageSize: 100 }, { IncludePlannedDeletion: true });
    for await (const page of pages) yield* page.SecretList ?? [];
  })
  .detail('policy', 'secretsmanager:GetResourcePolicy', async ({ client }, { ARN }) => {
    const answer = await client.send(new GetResourcePolicyCommand({ SecretId: ARN }));
    return answer.ResourcePolicy;
  })
  .node(({ item }) => item.ARN ?? '', {
    name: string('Its name; AWS adds six characters to it in the ARN.', ({ item }) => item.Name, { indexed: true }),
    description: string('What its owner wrote about it.', ({ item }) => item.Description),
    owningService: string('The AWS service that keeps it for itself.', ({ item }) => item.OwningService),
    primaryRegion: string('Where the secret is that this one is a replica of.', ({ item, place }) =>
      item.PrimaryRegion === place.region ? undefined : item.PrimaryRegion,
    ),
    rotates: boolean('Whether its value is renewed by itself.', ({ item }) => item.RotationEnabled ?? false),
    createdAt: date('When it was made.', ({ item }) => item.CreatedDate),
    lastChangedAt: date('When it was last changed in any way.', ({ item }) => item.LastChangedDate),
    lastRotatedAt: date('When its value was last renewed.', ({ item }) => item.LastRotatedDate),
    lastAccessedAt: date('The day on which its value was last read.', ({ item }) => item.LastAccessedDate),
    deletedAt: date('When it was marked for deletion.', ({ item }) => item.DeletedDate),
    tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.Tags)),
  })
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'The value of the secret is encrypted with the key.',
    ({ item, place }) => item.KmsKeyId && toKeyArn(item.KmsKeyId, place),
  )
  .edge(
    'ROTATED_BY',
    'AwsResource',
    'The function renews the value of the secret.',
    ({ item }) => item.RotationLambdaARN || undefined,
  )
  .policy('resource', ({ policy }) => policy)
  .trail('secretsmanager.amazonaws.com', (event) => eventParameter(event, 'secretId'));
