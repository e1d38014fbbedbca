import { GetSAMLProviderCommand, IAMClient, ListSAMLProvidersCommand } from '@aws-sdk/client-iam';
import { date, defineResource, string, strings, toTags } from '@ag/resource';

export const samlProvider = defineResource('SamlProvider', {
  description: 'An identity provider that signs people in by SAML.',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_saml.html',
  scope: 'global',
  client: IAMClient,
})
  .list('iam:ListSAMLProviders', async function* ({ client }) {
    const answer = await client.send(new ListSAMLProvidersCommand({}));
    yield* answer.SAMLProviderList ?? [];
  })
  .detail('provider', 'iam:GetSAMLProvider', ({ client }, { Arn }) =>
    client.send(new GetSAMLProviderCommand({ SAMLProviderArn: Arn })),
  )
  .node(({ item }) => item.Arn ?? '', {
    name: string('Provider name.', ({ item }) => item.Arn?.split('/').at(-1), { indexed: true }),
    createdAt: date('When it was made.', ({ item }) => item.CreateDate),
    validUntil: date('When its metadata runs out.', ({ item }) => item.ValidUntil),
    entityId: string('The provider’s own name, from its metadata.', ({ provider }) =>
      entityIdOf(provider?.SAMLMetadataDocument),
    ),
    tags: strings('Tags as `key=value`.', ({ provider }) => toTags(provider?.Tags)),
  })
  .trail('iam.amazonaws.com', ({ requestParameters }) => toText(requestParameters['sAMLProviderArn']));

function entityIdOf(metadata: string | undefined): string | undefined {
  return metadata === undefined ? undefined : /\bentityID\s*=\s*["']([^"']*)["']/.exec(metadata)?.[1];
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
