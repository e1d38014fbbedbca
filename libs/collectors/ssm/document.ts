import {
  DescribeDocumentPermissionCommand,
  type DocumentIdentifier,
  SSMClient,
  paginateListDocuments,
} from '@aws-sdk/client-ssm';
import { boolean, date, defineResource, string, strings, toTags } from '@ag/resource';

export const document = defineResource('SsmDocument', {
  description:
    'What Systems Manager does on machines: commands, automations, sessions. It can be shared with accounts.',
  docs: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html',
  scope: 'regional',
  client: SSMClient,
})
  .list('ssm:ListDocuments', async function* ({ client }) {
    const own = { Filters: [{ Key: 'Owner', Values: ['Self'] }] };
    for await (const page of paginateListDocuments({ client, pageSize: 50 }, own)) {
      yield* page.DocumentIdentifiers ?? [];
    }
  })
  // Accounts that may use it; `all` for everyone.
  .detail('sharing', 'ssm:DescribeDocumentPermission', async ({ client }, { Name }) => {
    const accounts: string[] = [];
    let NextToken: string | undefined;
    do {
      const about = { Name, PermissionType: 'Share', MaxResults: 200, NextToken } as const;
      const answer = await client.send(new DescribeDocumentPermissionCommand(about));
      accounts.push(...(answer.AccountIds ?? []));
      NextToken = answer.NextToken;
    } while (NextToken);
    return accounts;
  })
  .node(({ item, place }) => `arn:${place.partition}:ssm:${place.region}:${place.account}:document/${nameOf(item)}`, {
    name: string('Document name.', ({ item }) => item.Name, { indexed: true }),
    type: string('Command, Automation, Session …', ({ item }) => item.DocumentType),
    version: string('The version that is used where none is named.', ({ item }) => item.DocumentVersion),
    createdAt: date('When it was made.', ({ item }) => item.CreatedDate),
    isPublic: boolean('Whether every AWS account may use it.', ({ sharing }) => sharing?.includes('all')),
    tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.Tags)),
  })
  .edge('SHARED_WITH', 'AwsAccount', 'The account may use the document.', ({ sharing }) =>
    sharing?.filter((account) => account !== 'all'),
  )
  .trail('ssm.amazonaws.com', ({ resources }) => resources.find(({ type }) => type === 'AWS::SSM::Document')?.arn);

function nameOf({ Name }: DocumentIdentifier): string {
  if (Name === undefined) throw new Error('the answer holds a document without its name');
  return Name;
}
