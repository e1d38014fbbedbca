import { RDSClient, paginateDescribeDBInstances } from '@aws-sdk/client-rds';
import { boolean, date, defineResource, string, strings, toKeyArn, toTags } from '@ag/resource';

// Neptune and DocumentDB answer here as well: their instances are of RDS, with an engine of their own.
export const instance = defineResource('RdsInstance', {
  description: 'A database server. With IAM authentication, IAM decides who may sign in to it.',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html',
  scope: 'regional',
  client: RDSClient,
})
  .list('rds:DescribeDBInstances', async function* ({ client }) {
    const pages = paginateDescribeDBInstances({ client, pageSize: 100 }, {});
    for await (const page of pages) yield* page.DBInstances ?? [];
  })
  .node(({ item }) => item.DBInstanceArn ?? '', {
    name: string('Its name, unique in account and region.', ({ item }) => item.DBInstanceIdentifier, { indexed: true }),
    resourceId: string('Its id in policies of `rds-db:connect`.', ({ item }) => item.DbiResourceId, { indexed: true }),
    engine: string('Its engine: postgres, mysql, aurora-postgresql …', ({ item }) => item.Engine),
    state: string('Whether it is available, stopped …', ({ item }) => item.DBInstanceStatus),
    publiclyAccessible: boolean('Whether it has an address on the internet.', ({ item }) => item.PubliclyAccessible),
    iamAuthentication: boolean('Whether IAM may sign in to it.', ({ item }) => item.IAMDatabaseAuthenticationEnabled),
    encrypted: boolean('Whether its data are encrypted at rest.', ({ item }) => item.StorageEncrypted),
    deletionProtected: boolean('Whether it cannot be deleted as it is.', ({ item }) => item.DeletionProtection),
    createdAt: date('When it was made.', ({ item }) => item.InstanceCreateTime),
    tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.TagList)),
  })
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'Its data at rest are encrypted with the key.',
    ({ item, place }) => item.KmsKeyId && toKeyArn(item.KmsKeyId, place),
  )
  .edge('RUNS_AS', 'IamRole', 'The database reaches other services, or reports on itself, as the role.', ({ item }) => [
    ...(item.AssociatedRoles ?? []).flatMap(({ RoleArn }) => RoleArn ?? []),
    ...(item.MonitoringRoleArn === undefined ? [] : [item.MonitoringRoleArn]),
  ])
  .edge('MEMBER_OF', 'RdsCluster', 'The instance belongs to the cluster.', ({ item, place }) =>
    item.DBClusterIdentifier === undefined
      ? undefined
      : `arn:${place.partition}:rds:${place.region}:${place.account}:cluster:${item.DBClusterIdentifier}`,
  )
  // A network may be another account's that shares it, so that its id alone is sure.
  .edge('IN_VPC', 'Ec2Vpc', 'The database is in the network.', ({ item }) => item.DBSubnetGroup?.VpcId)
  .edge('IN_SECURITY_GROUP', 'Ec2SecurityGroup', 'The group’s rules decide what reaches the database.', ({ item }) =>
    item.VpcSecurityGroups?.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
  )
  .edge(
    'PASSWORD_IN',
    'SecretsManagerSecret',
    'The password of its master user is in the secret.',
    ({ item }) => item.MasterUserSecret?.SecretArn,
  );
