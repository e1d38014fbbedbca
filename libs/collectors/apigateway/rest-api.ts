import {
  APIGatewayClient,
  type Authorizer,
  GetAuthorizersCommand,
  type Method,
  paginateGetResources,
  paginateGetRestApis,
} from '@aws-sdk/client-api-gateway';
import { encodeTags } from '@ag/model';
import { boolean, date, defineResource, string, strings } from '@ag/resource';
import { distinct, toRoles } from './arns.ts';
import { toPolicyText } from './policy-text.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
export const restApi = defineResource('ApiGatewayRestApi', {
  description: 'An API over HTTPS. Its policy says who may call it, beside what its methods ask of the caller.',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html',
  scope: 'regional',
  client: APIGatewayClient,
})
  .list('apigateway:GET', async function* ({ client }) {
    const pages = paginateGetRestApis({ client, pageSize: 500 }, {});
    for await (const page of pages) yield* page.items ?? [];
  })
  .detail('authorizers', 'apigateway:GET', async ({ client }, { id }) => {
    const found: Authorizer[] = [];
    let position: string | undefined;
    do {
      const page = await client.send(new GetAuthorizersCommand({ restApiId: id, position, limit: 500 }));
      found.push(...(page.items ?? []));
      position = page.position;
    } while (position !== undefined);
    return found;
  })
  .detail('methods', 'apigateway:GET', async ({ client }, { id }) => {
    const found: Method[] = [];
    const pages = paginateGetResources({ client, pageSize: 500 }, { restApiId: id, embed: ['methods'] });
    for await (const page of pages) {
      for (const { resourceMethods = {} } of page.items ?? []) found.push(...Object.values(resourceMethods));
    }
    return found;
  })
  .node(({ item, place }) => `arn:${place.partition}:apigateway:${place.region}::/restapis/${item.id ?? ''}`, {
    apiId: string('API id, the first part of its address.', ({ item }) => item.id, { indexed: true }),
    name: string('Its name.', ({ item }) => item.name, { indexed: true }),
    description: string('What its owner wrote about it.', ({ item }) => item.description),
    endpointTypes: strings('EDGE, REGIONAL or PRIVATE.', ({ item }) => item.endpointConfiguration?.types ?? []),
    defaultEndpoint: boolean(
      'Whether it answers at its own address, beside those of custom domains.',
      ({ item }) => item.disableExecuteApiEndpoint !== true,
    ),
    authorizationTypes: strings(
      'What its methods ask of the caller: NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS.',
      ({ methods }) => methods && distinct(methods.map(({ authorizationType }) => authorizationType)),
    ),
    createdAt: date('When it was made.', ({ item }) => item.createdDate),
    tags: strings('Tags as `key=value`.', ({ item }) => encodeTags(item.tags ?? {})),
  })
  .edge('RUNS_AS', 'IamRole', 'The API calls what is behind it as the role.', ({ authorizers, methods }) =>
    toRoles([
      ...(authorizers ?? []).map(({ authorizerCredentials }) => authorizerCredentials),
      ...(methods ?? []).map(({ methodIntegration }) => methodIntegration?.credentials),
    ]),
  )
  .policy('resource', ({ item }) => toPolicyText(item.policy))
  // What callers are allowed to invoke: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigateway.html
  .alias(({ item, place }) => `arn:${place.partition}:execute-api:${place.region}:${place.account}:${item.id ?? ''}`);
