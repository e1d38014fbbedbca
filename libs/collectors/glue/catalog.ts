import { GetDataCatalogEncryptionSettingsCommand, GetResourcePolicyCommand, GlueClient } from '@aws-sdk/client-glue';
import { boolean, defineResource, string, toKeyArn } from '@ag/resource';

// Every account has one catalog in every region, and it has one policy for everything in it.
// https://docs.aws.amazon.com/glue/latest/dg/security_iam_resource-based-policy-examples.html
export const catalog = defineResource('GlueCatalog', {
  description: 'An account’s catalog of databases and tables in a region. Its policy decides about all of them.',
  docs: 'https://docs.aws.amazon.com/glue/latest/dg/security_iam_resource-based-policy-examples.html',
  scope: 'regional',
  client: GlueClient,
})
  .list('glue:GetDataCatalogEncryptionSettings', async function* ({ client }) {
    const answer = await client.send(new GetDataCatalogEncryptionSettingsCommand({}));
    yield answer.DataCatalogEncryptionSettings ?? {};
  })
  .detail('policy', 'glue:GetResourcePolicy', async ({ client }) => {
    const answer = await client.send(new GetResourcePolicyCommand({}));
    return answer.PolicyInJson;
  })
  .node(({ place }) => `arn:${place.partition}:glue:${place.region}:${place.account}:catalog`, {
    encryptionMode: string(
      'How its metadata are encrypted: DISABLED, SSE-KMS or SSE-KMS-WITH-SERVICE-ROLE.',
      ({ item }) => item.EncryptionAtRest?.CatalogEncryptionMode,
    ),
    encryptsPasswords: boolean(
      'Whether passwords of connections are handed out encrypted.',
      ({ item }) => item.ConnectionPasswordEncryption?.ReturnConnectionPasswordEncrypted ?? false,
    ),
  })
  .edge('ENCRYPTED_WITH', 'KmsKey', 'Metadata or passwords in the catalog are encrypted with the key.', (seen) => {
    const { EncryptionAtRest, ConnectionPasswordEncryption } = seen.item;
    return [EncryptionAtRest?.SseAwsKmsKeyId, ConnectionPasswordEncryption?.AwsKmsKeyId].flatMap((key) =>
      key ? [toKeyArn(key, seen.place)] : [],
    );
  })
  .edge('RUNS_AS', 'IamRole', 'The catalog uses its key as the role.', ({ item }) => {
    const role = item.EncryptionAtRest?.CatalogEncryptionServiceRole;
    return role === '' ? undefined : role;
  })
  .policy('resource', ({ policy }) => policy);
