import {
  APIGatewayClient,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import type { DataAssets } from '../data.ts';
import { toText } from './references.ts';
import type { DataPlace } from './seed-data.ts';

/** Builds APIs, each with one way in that asks for a signature. */
export async function seedApis({ account, region, clients, references }: DataPlace, data: DataAssets): Promise<void> {
  const rest = clients.client(APIGatewayClient, account, region);
  for (const [name, { policy, role, tags }] of Object.entries(data.restApis ?? {})) {
    const { id: restApiId, rootResourceId: resourceId } = await rest.send(
      new CreateRestApiCommand({ name, tags, ...(policy && { policy: toText(policy, references) }) }),
    );
    const at = { restApiId, resourceId, httpMethod: 'GET' };
    await rest.send(new PutMethodCommand({ ...at, authorizationType: 'AWS_IAM' }));
    await rest.send(
      new PutIntegrationCommand({
        ...at,
        type: 'AWS',
        integrationHttpMethod: 'POST',
        uri: `arn:aws:apigateway:${region}:sqs:path/${account}/orders`,
        ...(role !== undefined && { credentials: `arn:aws:iam::${account}:role/${role}` }),
      }),
    );
  }
  const http = clients.client(ApiGatewayV2Client, account, region);
  for (const [Name, { role }] of Object.entries(data.httpApis ?? {})) {
    const { ApiId } = await http.send(new CreateApiCommand({ Name, ProtocolType: 'HTTP' }));
    await http.send(
      new CreateIntegrationCommand({
        ApiId,
        IntegrationType: 'AWS_PROXY',
        IntegrationSubtype: 'SQS-SendMessage',
        PayloadFormatVersion: '1.0',
        ...(role !== undefined && { CredentialsArn: `arn:aws:iam::${account}:role/${role}` }),
      }),
    );
    await http.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /robots', AuthorizationType: 'AWS_IAM' }));
  }
}
