import { GetOpenIDConnectProviderCommand, IAMClient, ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { date, defineResource, string, strings, toTags } from '@ag/resource';

export const oidcProvider = defineResource('OidcProvider', {
  description: 'An identity provider whose tokens AWS accepts, such as a CI system’s.',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html',
  scope: 'global',
  client: IAMClient,
})
  .list('iam:ListOpenIDConnectProviders', async function* ({ client }) {
    const answer = await client.send(new ListOpenIDConnectProvidersCommand({}));
    yield* answer.OpenIDConnectProviderList ?? [];
  })
  .detail('provider', 'iam:GetOpenIDConnectProvider', ({ client }, { Arn }) =>
    client.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: Arn })),
  )
  .node(({ item }) => item.Arn ?? '', {
    name: string('The issuer’s address without `https://`.', ({ item }) => hostOf(item.Arn), { indexed: true }),
    audiences: strings('Client ids that its tokens may be made for.', ({ provider }) => provider?.ClientIDList ?? []),
    thumbprints: strings('Certificates of the issuer.', ({ provider }) => provider?.ThumbprintList ?? []),
    createdAt: date('When it was made.', ({ provider }) => provider?.CreateDate),
    tags: strings('Tags as `key=value`.', ({ provider }) => toTags(provider?.Tags)),
  })
  .trail('iam.amazonaws.com', ({ requestParameters }) => toText(requestParameters['openIDConnectProviderArn']));

/** The issuer may have a path of its own: `oidc-provider/token.example.com/tenant`. */
function hostOf(arn: string | undefined): string | undefined {
  return arn?.slice(arn.indexOf('/') + 1);
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
