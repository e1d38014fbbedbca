import { RDSClient, paginateDescribeDBClusters } from '@aws-sdk/client-rds';
import { boolean, date, defineResource, string, strings, toKeyArn, toTags } from '@ag/resource';

export const cluster = defineResource('RdsCluster', {
  description: 'Database servers over one set of data. With IAM authentication, IAM decides who may sign in.',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html',
  scope: 'regional',
  client: RDSClient,
})
  .list('rds:DescribeDBClusters', async function* ({ client }) {
    const pages = paginateDescribeDBClusters({ client, pageSize: 100 }, {});
    for await (const page of pages) yield* page.DBClusters ?? [];
  })
  .node(({ item }) => item.DBClusterArn ?? '', {
    name: string('Its name, unique in account and region.', ({ item }) => item.DBClusterIdentifier, { indexed: true }),
    resourceId: string('Its id in policies of `rds-db:connect`.', ({ item }) => item.DbClusterResourceId, {
      indexed: true,
    }),
    engine: string('Its engine: aurora-postgresql, aurora-mysql, docdb, neptune …', ({ item }) => item.Engine),
    state: string('Whether it is available, stopped …', ({ item }) => item.Status),
    publiclyAccessible: boolean('Whether it has an address on the internet.', ({ item }) => item.PubliclyAccessible),
    iamAuthentication: boolean('Whether IAM may sign in to it.', ({ item }) => item.IAMDatabaseAuthenticationEnabled),
    dataApi: boolean('Whether `rds-data` takes statements for it over HTTPS.', ({ item }) => item.HttpEndpointEnabled),
    encrypted: boolean('Whether its data are encrypted at rest.', ({ item }) => item.StorageEncrypted),
    deletionProtected: boolean('Whether it cannot be deleted as it is.', ({ item }) => item.DeletionProtection),
    createdAt: date('When it was made.', ({ item }) => item.ClusterCreateTime),
    tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.TagList)),
  })
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'Its data at rest are encrypted with the key.',
    ({ item, place }) => item.KmsKeyId && toKeyArn(item.KmsKeyId, place),
  )
  .edge('RUNS_AS', 'IamRole', 'The cluster reaches other services, or reports on itself, as the role.', ({ item }) => [
    ...(item.AssociatedRoles ?? []).flatMap(({ RoleArn }) => RoleArn ?? []),
    ...(item.MonitoringRoleArn === undefined ? [] : [item.MonitoringRoleArn]),
  ])
  .edge('IN_SECURITY_GROUP', 'Ec2SecurityGroup', 'The group’s rules decide what reaches the cluster.', ({ item }) =>
    item.VpcSecurityGroups?.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
  )
  .edge(
    'PASSWORD_IN',
    'SecretsManagerSecret',
    'The password of its master user is in the secret.',
    ({ item }) => item.MasterUserSecret?.SecretArn,
  );
