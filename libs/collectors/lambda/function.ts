import { GetPolicyCommand, LambdaClient, ListTagsCommand } from '@aws-sdk/client-lambda';
import { encodeTags } from '@ag/model';
import { boolean, date, defineResource, number, string, strings, toKeyArn } from '@ag/resource';
import { functionArn, layerVersions, listFunctions, subnetIds, toDate } from './function-configuration.ts';

export const lambdaFunction = defineResource('LambdaFunction', {
  description: 'Code that runs when it is called. It acts as its role, and its policy says who else may call it.',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
  scope: 'regional',
  client: LambdaClient,
})
  .list('lambda:ListFunctions', ({ client }) => listFunctions(client))
  // Without a qualifier it is the policy of the function alone: versions and aliases have their own.
  .detail('policy', 'lambda:GetPolicy', async ({ client }, { FunctionName }) => {
    const answer = await client.send(new GetPolicyCommand({ FunctionName }));
    return answer.Policy;
  })
  .detail('tags', 'lambda:ListTags', async ({ client }, item) => {
    const answer = await client.send(new ListTagsCommand({ Resource: functionArn(item) }));
    return answer.Tags;
  })
  .node(({ item }) => functionArn(item), {
    name: string('Function name.', ({ item }) => item.FunctionName, { indexed: true }),
    runtime: string('The language and its version: `nodejs22.x`.', ({ item }) => item.Runtime),
    packageType: string('Zip or Image.', ({ item }) => item.PackageType),
    architectures: strings('What it runs on: x86_64 or arm64.', ({ item }) => item.Architectures ?? []),
    modifiedAt: date('When its code or configuration was last changed.', ({ item }) => toDate(item.LastModified)),
    timeoutSeconds: number('How long one call may take.', ({ item }) => item.Timeout),
    memoryBytes: number('How much memory a call has.', ({ item }) => toBytes(item.MemorySize)),
    roleArn: string('The role that it acts as.', ({ item }) => item.Role),
    inVpc: boolean('Whether it is attached to a network of the account.', ({ item }) => subnetIds(item).length > 0),
    tags: strings('Tags as `key=value`.', ({ tags }) => encodeTags(tags ?? {})),
  })
  .edge('RUNS_AS', 'IamRole', 'The function’s code acts as the role.', ({ item }) => item.Role)
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'Its environment variables are encrypted with the key.',
    ({ item, place }) => item.KMSKeyArn && toKeyArn(item.KMSKeyArn, place),
  )
  .edge('USES', 'LambdaLayerVersion', 'The function runs the layer version’s code beside its own.', ({ item }) =>
    layerVersions(item),
  )
  // By id alone: a subnet may be another account's, which shares it.
  .edge('IN_SUBNET', 'Ec2Subnet', 'The function sends from an address in the subnet.', ({ item }) => subnetIds(item))
  .edge(
    'IN_SECURITY_GROUP',
    'Ec2SecurityGroup',
    'The group limits the function’s traffic.',
    ({ item }) => item.VpcConfig?.SecurityGroupIds,
  )
  .policy('resource', ({ policy }) => policy)
  .alias(({ item }) => `${functionArn(item)}:$LATEST`)
  .trail(
    'lambda.amazonaws.com',
    ({ resources }) => resources.find(({ type }) => type === 'AWS::Lambda::Function')?.arn,
  );

/** Lambda gives the moment as text: `2026-09-01T10:00:00.000+0000`. */
function toBytes(mebibytes: number | undefined): number | undefined {
  return mebibytes === undefined ? undefined : mebibytes * 1024 * 1024;
}
