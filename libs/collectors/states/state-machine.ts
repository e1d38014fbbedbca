import {
  DescribeStateMachineCommand,
  ListTagsForResourceCommand,
  SFNClient,
  paginateListStateMachines,
} from '@aws-sdk/client-sfn';
import { boolean, date, defineResource, string, strings, toKeyArn, toTags } from '@ag/resource';

export const stateMachine = defineResource('StatesStateMachine', {
  description: 'A workflow of Step Functions. Whoever can change it decides what happens under its role.',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html',
  scope: 'regional',
  client: SFNClient,
})
  .list('states:ListStateMachines', async function* ({ client }) {
    const pages = paginateListStateMachines({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.stateMachines ?? [];
  })
  // The definition may hold secrets, and AWS needs leave to decrypt it: it is not asked for, and not kept where it comes anyway.
  .detail('machine', 'states:DescribeStateMachine', async ({ client }, { stateMachineArn }) => {
    const command = new DescribeStateMachineCommand({ stateMachineArn, includedData: 'METADATA_ONLY' });
    const { roleArn, status, description, encryptionConfiguration, loggingConfiguration } = await client.send(command);
    return {
      ...{ roleArn, status, description },
      keyId: encryptionConfiguration?.kmsKeyId,
      logsData: loggingConfiguration?.includeExecutionData ?? false,
    };
  })
  .detail('tags', 'states:ListTagsForResource', async ({ client }, { stateMachineArn }) => {
    const answer = await client.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn }));
    return answer.tags;
  })
  .node(({ item }) => item.stateMachineArn ?? '', {
    name: string('Its name.', ({ item }) => item.name, { indexed: true }),
    type: string('STANDARD or EXPRESS.', ({ item }) => item.type),
    status: string('ACTIVE or DELETING.', ({ machine }) => machine?.status),
    description: string('What its owner wrote about it.', ({ machine }) => machine?.description),
    logsExecutionData: boolean('Whether its logs hold what went in and came out.', ({ machine }) => machine?.logsData),
    createdAt: date('When it was made.', ({ item }) => item.creationDate),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .edge('RUNS_AS', 'IamRole', 'The steps of the workflow act as the role.', ({ machine }) => machine?.roleArn)
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'Its definition and the data of its executions are encrypted with the key.',
    ({ machine, place }) => machine?.keyId && toKeyArn(machine.keyId, place),
  )
  .trail(
    'states.amazonaws.com',
    ({ resources }) => resources.find(({ type }) => type === 'AWS::StepFunctions::StateMachine')?.arn,
  );
