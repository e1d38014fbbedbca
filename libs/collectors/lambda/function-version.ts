import { GetPolicyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { defineResource, string } from '@ag/resource';
import { functionArn, layerVersions, listFunctions } from './function-configuration.ts';

export const functionVersion = defineResource('LambdaFunctionVersion', {
  description: 'A function as it was published once, with the role that it had then and a policy of its own.',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html',
  scope: 'regional',
  client: LambdaClient,
})
  .list('lambda:ListFunctions', async function* ({ client }) {
    for await (const item of listFunctions(client, true)) if (item.Version !== '$LATEST') yield item;
  })
  .detail('policy', 'lambda:GetPolicy', async ({ client }, { FunctionName, Version }) => {
    const answer = await client.send(new GetPolicyCommand({ FunctionName, Qualifier: Version }));
    return answer.Policy;
  })
  .node(({ item }) => `${functionArn(item)}:${item.Version ?? ''}`, {
    name: string('The function’s name and the version: `orders:3`.', ({ item }) => nameOf(item), { indexed: true }),
    version: string('Its number.', ({ item }) => item.Version),
    description: string('What was written at publishing.', ({ item }) => item.Description),
    runtime: string('The language and its version: `nodejs22.x`.', ({ item }) => item.Runtime),
    roleArn: string('The role that it acts as.', ({ item }) => item.Role),
  })
  .edge('VERSION_OF', 'LambdaFunction', 'It is a published state of the function.', ({ item }) => functionArn(item))
  .edge('RUNS_AS', 'IamRole', 'The version’s code acts as the role.', ({ item }) => item.Role)
  .edge('USES', 'LambdaLayerVersion', 'The version runs the layer version’s code beside its own.', ({ item }) =>
    layerVersions(item),
  )
  .policy('resource', ({ policy }) => policy);

function nameOf({ FunctionName = '', Version = '' }): string {
  return `${FunctionName}:${Version}`;
}
