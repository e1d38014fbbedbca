import { LambdaClient, paginateListFunctionUrlConfigs } from '@aws-sdk/client-lambda';
import { boolean, date, defineResource, string, strings } from '@ag/resource';
import { listFunctions, toDate } from './function-configuration.ts';

export const functionUrl = defineResource('LambdaFunctionUrl', {
  description:
    'An address on the internet that calls a function or an alias of it. With auth type NONE AWS asks nobody who they are: the policy of what it calls alone decides.',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  scope: 'regional',
  client: LambdaClient,
})
  .list('lambda:ListFunctions', ({ client }) => listFunctions(client))
  .within('lambda:ListFunctionUrlConfigs', async function* ({ client }, { FunctionName }) {
    const pages = paginateListFunctionUrlConfigs({ client, pageSize: 50 }, { FunctionName });
    for await (const page of pages) yield* page.FunctionUrlConfigs ?? [];
  })
  // It has no ARN: requests and policies name the function.
  .node(({ item }) => urlOf(item.FunctionUrl), {
    name: string('The address.', ({ item }) => item.FunctionUrl, { indexed: true }),
    authType: string('AWS_IAM, or NONE for an address that is open to anyone.', ({ item }) => item.AuthType, {
      indexed: true,
    }),
    invokeMode: string('BUFFERED or RESPONSE_STREAM.', ({ item }) => item.InvokeMode),
    allowedOrigins: strings('Web sites whose pages may call it.', ({ item }) => item.Cors?.AllowOrigins ?? []),
    allowsCredentials: boolean(
      'Whether those pages may send cookies along.',
      ({ item }) => item.Cors?.AllowCredentials ?? false,
    ),
    createdAt: date('When it was made.', ({ item }) => toDate(item.CreationTime)),
  })
  .edge(
    'INVOKES',
    'AwsResource',
    'Who sends a request to the address calls the function or alias.',
    ({ item }) => item.FunctionArn,
  );

function urlOf(url: string | undefined): string {
  if (url === undefined) throw new Error('the answer holds a function URL without its address');
  return url;
}
