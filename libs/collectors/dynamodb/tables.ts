import {
  DescribeTableCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  type TableDescription,
  type Tag,
  paginateListTables,
} from '@aws-sdk/client-dynamodb';
import { type Draft, type Reader, type ReaderContext, draftPart, toKeyArn, toTags } from '@ag/resource';
import { addWithPolicy } from './add-with-policy.ts';
import { stream, table } from './node-types.ts';

/** Reads tables and their streams: one answer tells of both. */
export const tables: Reader = {
  name: 'dynamodb/tables',
  description: 'DynamoDB tables and their streams, each with its policy.',
  scope: 'regional',
  types: [table, stream],
  actions: [
    'dynamodb:ListTables',
    'dynamodb:DescribeTable',
    'dynamodb:GetResourcePolicy',
    'dynamodb:ListTagsOfResource',
  ],

  async read(context) {
    const ofTables = draftPart(table.label);
    const ofStreams = draftPart(stream.label);
    const client = context.client(DynamoDBClient);
    const listed = await context.attempt({ action: 'dynamodb:ListTables', resource: table.label }, async () => {
      const names: string[] = [];
      for await (const page of paginateListTables({ client, pageSize: 100 }, {}))
        names.push(...(page.TableNames ?? []));
      return names;
    });
    ofStreams.listed(listed);
    await context.each(ofTables.listed(listed), (name) => readTable(context, { ofTables, ofStreams }, name));
    return [ofTables.toPart(), ofStreams.toPart()];
  },
};

interface Drafts {
  readonly ofTables: Draft;
  readonly ofStreams: Draft;
}

async function readTable(context: ReaderContext, { ofTables, ofStreams }: Drafts, name: string): Promise<void> {
  const { place } = context;
  const arn = `arn:${place.partition}:dynamodb:${place.region}:${place.account}:table/${name}`;
  const client = context.client(DynamoDBClient);
  const described = await context.attempt(
    { action: 'dynamodb:DescribeTable', resource: table.label, arn },
    async () => {
      const answer = await client.send(new DescribeTableCommand({ TableName: name }));
      return answer.Table ?? {};
    },
  );
  // Deleted since it was listed.
  if (described.ok === 'notFound') return;
  if (described.ok === false) {
    ofTables.miss(described.gap);
    // Whether it has a stream only this would have told.
    ofStreams.listed(described);
  }
  const known = described.ok === true ? described.value : undefined;
  const tags = await readTags(context, arn);
  if (tags.ok === false) ofTables.miss(tags.gap);

  await addWithPolicy(context, ofTables, table, arn, {
    values: {
      name,
      ...(known && describe(known)),
      tags: tags.ok === true ? toTags(tags.value) : undefined,
    },
    unread: [described, tags].flatMap((attempt) => (attempt.ok === false ? [attempt.gap.action] : [])),
  });
  for (const edge of known ? edgesOf(known, arn, context) : []) ofTables.connect(edge);
  if (known) await readStream(context, ofStreams, known, arn);
}

function readTags(context: ReaderContext, arn: string) {
  const client = context.client(DynamoDBClient);
  return context.attempt({ action: 'dynamodb:ListTagsOfResource', resource: table.label, arn }, async () => {
    const tags: Tag[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListTagsOfResourceCommand({ ResourceArn: arn, NextToken }));
      tags.push(...(page.Tags ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return tags;
  });
}

async function readStream(context: ReaderContext, draft: Draft, known: TableDescription, of: string): Promise<void> {
  const { LatestStreamArn: arn, LatestStreamLabel: name, StreamSpecification } = known;
  if (arn === undefined) return;
  await addWithPolicy(context, draft, stream, arn, {
    values: {
      name,
      viewType: StreamSpecification?.StreamViewType,
      enabled: StreamSpecification?.StreamEnabled ?? false,
    },
    unread: [],
  });
  draft.connect({ type: 'STREAM_OF', from: arn, to: of, properties: {} });
}

function describe(known: TableDescription) {
  return {
    state: known.TableStatus,
    encryption: known.SSEDescription?.KMSMasterKeyArn === undefined ? 'dynamodb' : 'kms',
    deletionProtected: known.DeletionProtectionEnabled ?? false,
    replicaRegions: (known.Replicas ?? []).flatMap(({ RegionName }) => RegionName ?? []).sort(),
    createdAt: known.CreationDateTime?.toISOString(),
  };
}

function edgesOf(known: TableDescription, from: string, { place }: ReaderContext) {
  const key = known.SSEDescription?.KMSMasterKeyArn;
  const replicas = (known.Replicas ?? []).flatMap(({ ReplicaArn, RegionName }) =>
    RegionName === undefined || RegionName === place.region
      ? []
      : [ReplicaArn ?? from.replace(`:${place.region}:`, `:${RegionName}:`)],
  );
  return [
    ...(key === undefined ? [] : [{ type: 'ENCRYPTED_WITH', from, to: toKeyArn(key, place), properties: {} }]),
    ...replicas.map((to) => ({ type: 'REPLICATED_TO', from, to, properties: {} })),
  ];
}
