import {
  ApiGatewayV2Client,
  type Authorizer,
  GetApisCommand,
  GetAuthorizersCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  type Integration,
  type Route,
} from '@aws-sdk/client-apigatewayv2';
import { encodeTags } from '@ag/model';
import { boolean, date, defineResource, string, strings } from '@ag/resource';
import { distinct, toRoles } from './arns.ts';

/** More than one page holds of anything in one API is rare; this is what the service allows at once. */
const MaxResults = '1000';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
export const httpApi = defineResource('ApiGatewayHttpApi', {
  description: 'An HTTP or WebSocket API. It has no policy of its own: its routes say what they ask of the caller.',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
  scope: 'regional',
  client: ApiGatewayV2Client,
})
  .list('apigateway:GET', async function* ({ client }) {
    let NextToken: string | undefined;
    do {
      const page = await client.send(new GetApisCommand({ NextToken, MaxResults }));
      yield* page.Items ?? [];
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  })
  .detail('authorizers', 'apigateway:GET', async ({ client }, { ApiId }) => {
    const found: Authorizer[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new GetAuthorizersCommand({ ApiId, NextToken, MaxResults }));
      found.push(...(page.Items ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  })
  .detail('integrations', 'apigateway:GET', async ({ client }, { ApiId }) => {
    const found: Integration[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new GetIntegrationsCommand({ ApiId, NextToken, MaxResults }));
      found.push(...(page.Items ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  })
  .detail('routes', 'apigateway:GET', async ({ client }, { ApiId }) => {
    const found: Route[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new GetRoutesCommand({ ApiId, NextToken, MaxResults }));
      found.push(...(page.Items ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  })
  .node(({ item, place }) => `arn:${place.partition}:apigateway:${place.region}::/apis/${item.ApiId ?? ''}`, {
    apiId: string('API id, the first part of its address.', ({ item }) => item.ApiId, { indexed: true }),
    name: string('Its name.', ({ item }) => item.Name, { indexed: true }),
    description: string('What its owner wrote about it.', ({ item }) => item.Description),
    protocol: string('HTTP or WEBSOCKET.', ({ item }) => item.ProtocolType),
    endpoint: string('Where requests are sent to.', ({ item }) => item.ApiEndpoint),
    defaultEndpoint: boolean(
      'Whether it answers at its own address, beside those of custom domains.',
      ({ item }) => item.DisableExecuteApiEndpoint !== true,
    ),
    authorizationTypes: strings(
      'What its routes ask of the caller: NONE, AWS_IAM, CUSTOM, JWT.',
      ({ routes }) => routes && distinct(routes.map(({ AuthorizationType }) => AuthorizationType ?? 'NONE')),
    ),
    createdAt: date('When it was made.', ({ item }) => item.CreatedDate),
    tags: strings('Tags as `key=value`.', ({ item }) => encodeTags(item.Tags ?? {})),
  })
  .edge('RUNS_AS', 'IamRole', 'The API calls what is behind it as the role.', ({ authorizers, integrations }) =>
    toRoles([
      ...(authorizers ?? []).map(({ AuthorizerCredentialsArn }) => AuthorizerCredentialsArn),
      ...(integrations ?? []).map(({ CredentialsArn }) => CredentialsArn),
    ]),
  )
  .alias(
    ({ item, place }) => `arn:${place.partition}:execute-api:${place.region}:${place.account}:${item.ApiId ?? ''}`,
  );
