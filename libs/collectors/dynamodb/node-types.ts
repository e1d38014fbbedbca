import { declare, defineNode } from '@ag/resource';

export const table = defineNode({
  label: 'DynamoDbTable',
  description: 'A table of items. Its policy decides about its indexes as well, not about its stream.',
  docs: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html',
  properties: {
    name: declare('string', 'Table name.', { indexed: true }),
    state: declare('string', 'ACTIVE, CREATING, ARCHIVED …'),
    encryption: declare('string', '`kms`, or `dynamodb` (a key that DynamoDB owns).'),
    deletionProtected: declare('boolean', 'Whether it cannot be deleted as it is.'),
    replicaRegions: declare('strings', 'Regions that it has replicas in.'),
    createdAt: declare('date', 'When it was made.'),
    tags: declare('strings', 'Tags as `key=value`.'),
  },
  edges: [
    { type: 'ENCRYPTED_WITH', target: 'KmsKey', sentence: 'The items at rest are encrypted with the key.' },
    { type: 'REPLICATED_TO', target: 'DynamoDbTable', sentence: 'Items of the table are copied to the table.' },
  ],
  policies: ['resource'],
});

export const stream = defineNode({
  label: 'DynamoDbStream',
  description: 'What changes in a table, for a day. It has a policy of its own.',
  docs: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-examples.html',
  properties: {
    name: declare('string', 'Its label: the moment it was made.'),
    viewType: declare('string', 'What it holds of an item: KEYS_ONLY, NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES.'),
    enabled: declare('boolean', 'Whether changes are still written to it.'),
  },
  edges: [{ type: 'STREAM_OF', target: 'DynamoDbTable', sentence: 'The stream tells what changes in the table.' }],
  policies: ['resource'],
});
