import { EC2Client, type FlowLog, paginateDescribeFlowLogs } from '@aws-sdk/client-ec2';
import type { Place } from '@ag/model';
import { date, defineResource, number, string } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, tagList } from './names.ts';

export const flowLog = defineResource('Ec2VpcFlowLog', {
  description: 'A record of the traffic of a network, a subnet, an interface or a transit gateway.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeFlowLogs', async function* ({ client }) {
    for await (const page of paginateDescribeFlowLogs({ client, pageSize: 1000 }, {})) yield* page.FlowLogs ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'vpc-flow-log', item.FlowLogId), {
    name: nameTag,
    flowLogId: string('Flow log id.', ({ item }) => item.FlowLogId, { indexed: true }),
    trafficType: string('ACCEPT, REJECT or ALL.', ({ item }) => item.TrafficType),
    state: string('ACTIVE, while it exists.', ({ item }) => item.FlowLogStatus),
    deliveryStatus: string('SUCCESS or FAILED.', ({ item }) => item.DeliverLogsStatus),
    deliveryError: string('Why its records could not be delivered.', ({ item }) => item.DeliverLogsErrorMessage),
    destinationType: string(
      '`cloud-watch-logs`, `s3` or `kinesis-data-firehose`.',
      ({ item }) => item.LogDestinationType,
    ),
    format: string('The fields of a record.', ({ item }) => item.LogFormat),
    aggregationSeconds: number('How much time one record covers at most.', ({ item }) => item.MaxAggregationInterval),
    createdAt: date('When it was made.', ({ item }) => item.CreationTime),
    tags: tagList,
  })
  .edge('WATCHES', 'AwsResource', 'The log records traffic of it.', ({ item }) => idsOf([item.ResourceId]))
  .edge('WRITES_TO', 'AwsResource', 'The log’s records are delivered there.', ({ item, place }) =>
    destinationOf(item, place),
  )
  .edge('DELIVERS_AS', 'IamRole', 'The log’s records are delivered under the role.', ({ item }) =>
    idsOf([item.DeliverLogsPermissionArn, item.DeliverCrossAccountRole]),
  )
  .alias(({ item }) => item.FlowLogId);

/** A bucket is named with the folder in it, a log group by its name or its ARN, which may end in `:*`. */
function destinationOf(
  { LogDestination, LogDestinationType, LogGroupName }: FlowLog,
  place: Place,
): string | undefined {
  if (LogDestination && LogDestinationType === 's3') return LogDestination.split('/', 1)[0];
  if (LogDestination) return LogDestination.replace(/:\*$/, '');
  if (!LogGroupName) return undefined;
  return `arn:${place.partition}:logs:${place.region}:${place.account}:log-group:${LogGroupName}`;
}
