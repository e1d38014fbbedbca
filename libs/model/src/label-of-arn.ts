import { findArn } from './arn.ts';

// ARNs whose service and type are not what the label is made of; of the others the label is both, one after the other.
const labels: readonly (readonly [service: string, resource: RegExp, label: string])[] = [
  ['apigateway', /^\/restapis\//, 'ApiGatewayRestApi'],
  ['apigateway', /^\/apis\//, 'ApiGatewayHttpApi'],
  ['backup', /^backup-vault:/, 'BackupVault'],
  ['dynamodb', /^table\/[^/]+\/stream\//, 'DynamoDbStream'],
  ['dynamodb', /^table\//, 'DynamoDbTable'],
  ['ec2', /^vpc-peering-connection\//, 'Ec2VpcPeering'],
  ['ec2', /^vpn-connection\//, 'Ec2Vpn'],
  ['ecr-public', /^repository\//, 'EcrPublicRepository'],
  ['elasticfilesystem', /^access-point\//, 'EfsAccessPoint'],
  ['elasticfilesystem', /^file-system\//, 'EfsFileSystem'],
  ['es', /^domain\//, 'OpenSearchDomain'],
  ['events', /^event-bus\//, 'EventBridgeEventBus'],
  ['events', /^rule\//, 'EventBridgeRule'],
  ['glue', /^catalog$/, 'GlueCatalog'],
  ['rds', /^db:/, 'RdsInstance'],
  ['s3', /^[^:/]+(\/|$)/, 'S3Bucket'],
  ['s3express', /^bucket\//, 'S3DirectoryBucket'],
  ['s3tables', /^bucket\/[^/]+\/table\//, 'S3TablesTable'],
  ['s3tables', /^bucket\//, 'S3TablesTableBucket'],
  ['sns', /^[^:]+:/, 'SnsSubscription'],
  ['sns', /^[^:]+$/, 'SnsTopic'],
  ['sqs', /^[^:]+$/, 'SqsQueue'],
];

/** The label of what an ARN names, where service and type alone do not tell. */
export function labelOfArn(text: string): string | undefined {
  const arn = findArn(text);
  if (!arn) return undefined;
  const isMulti = arn.service === 's3' && arn.region === '' && arn.resource.startsWith('accesspoint/');
  if (isMulti) return 'S3MultiRegionAccessPoint';
  if (arn.service === 's3' && arn.resource.startsWith('accesspoint/')) return 'S3AccessPoint';
  if (arn.service === 's3' && arn.account !== '') return undefined;
  return labels.find(([service, resource]) => service === arn.service && resource.test(arn.resource))?.[2];
}
