/**
 * The IAM action that an operation asks for, where it is not called like the operation.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const renamed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  s3: {
    DeleteBucketEncryption: 'PutEncryptionConfiguration',
    DeleteBucketTagging: 'PutBucketTagging',
    DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
    GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
    GetBucketAnalyticsConfiguration: 'GetAnalyticsConfiguration',
    GetBucketCors: 'GetBucketCORS',
    GetBucketEncryption: 'GetEncryptionConfiguration',
    GetBucketIntelligentTieringConfiguration: 'GetIntelligentTieringConfiguration',
    GetBucketInventoryConfiguration: 'GetInventoryConfiguration',
    GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
    GetBucketMetricsConfiguration: 'GetMetricsConfiguration',
    GetBucketNotificationConfiguration: 'GetBucketNotification',
    GetBucketReplication: 'GetReplicationConfiguration',
    GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
    GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
    HeadBucket: 'ListBucket',
    HeadObject: 'GetObject',
    ListBuckets: 'ListAllMyBuckets',
    ListObjects: 'ListBucket',
    ListObjectsV2: 'ListBucket',
    ListObjectVersions: 'ListBucketVersions',
    PutBucketEncryption: 'PutEncryptionConfiguration',
    PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  },
  's3-control': {
    DeletePublicAccessBlock: 'PutAccountPublicAccessBlock',
    GetPublicAccessBlock: 'GetAccountPublicAccessBlock',
    PutPublicAccessBlock: 'PutAccountPublicAccessBlock',
  },
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3express.html
  s3express: { ListDirectoryBuckets: 'ListAllMyDirectoryBuckets' },
};

// API Gateway's actions are the methods of its requests.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
const byMethod = new Set(['apigateway']);

/** The action, `service:Action`, of an operation. `client` is the package that has it, where that is not called like the service. */
export function actionOf(
  service: string,
  operation: string,
  { method = 'POST', client = service }: { readonly method?: string; readonly client?: string } = {},
): string {
  if (byMethod.has(service)) return `${service}:${method}`;
  const table = renamed[service === 's3express' ? service : client];
  return `${service}:${table?.[operation] ?? operation}`;
}
