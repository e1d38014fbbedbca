import { DynamoDBClient, GetResourcePolicyCommand } from '@aws-sdk/client-dynamodb';
import type { Gap } from '@ag/model';
import { type Action, type Draft, type ReaderContext, policyNodes } from '@ag/resource';
import type { stream, table } from './node-types.ts';

const action = 'dynamodb:GetResourcePolicy';

interface Known<Type extends typeof table | typeof stream> {
  readonly values: Parameters<Type['node']>[1];
  /** What of it could not be read before. */
  readonly unread: readonly string[];
}

/** Adds a table or a stream with its policy, which one call gives for either. */
export async function addWithPolicy<Type extends typeof table | typeof stream>(
  context: ReaderContext,
  draft: Draft,
  type: Type,
  arn: string,
  { values, unread }: Known<Type>,
): Promise<void> {
  const call = { action, resource: type.label, arn } satisfies { action: Action; resource: string; arn: string };
  const read = await context.attempt(call, async () => {
    const client = context.client(DynamoDBClient);
    const answer = await client.send(new GetResourcePolicyCommand({ ResourceArn: arn }));
    return answer.Policy;
  });
  const text = read.ok === true ? read.value : undefined;
  const made = text === undefined ? undefined : policyNodes(arn, 'resource', text);
  if (read.ok === false || made?.ok === false) {
    const message = `cannot read the resource policy of \`${arn}\`: ${made?.ok === false ? made.reason : ''}`;
    const malformed: Gap = { ...call, place: context.place, reason: 'malformed', message };
    draft.miss(read.ok === false ? read.gap : malformed);
    draft.add(type.node(arn, values, { unread: [...unread, action], unreadPolicies: ['resource'] }));
    return;
  }
  draft.add(type.node(arn, { ...values, ...(text !== undefined && { resourcePolicy: text }) }, { unread }));
  for (const statement of made?.nodes ?? []) draft.add(statement);
  for (const edge of made?.edges ?? []) draft.connect(edge);
}
