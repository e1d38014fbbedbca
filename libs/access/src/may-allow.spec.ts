import { expect, test } from 'vitest';
import { candidatesFor } from './candidates.ts';
import { rankOf } from './combine.ts';
import { allow, type DocumentJson, GraphFixture } from './graph-fixture.ts';
import { type Inventory, readInventory } from './inventory.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { allowFilter } from './may-allow.ts';
import { getAction, getTarget, type Target } from './target.ts';
import { decideFor } from './to-question.ts';

const account = '111111111111';
const other = '222222222222';
const actions = [
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  's3:GetObject',
  's3:ListBucket',
  'kms:Decrypt',
  'sts:GetCallerIdentity',
  's3:ListAllMyBuckets',
];
const patterns = ['*', 'sqs:*', 's3:Get*', 's3:*', 'SQS:send*', 'kms:*', 'iam:*'];

test('what the filter leaves out is denied, whatever the policies are', async () => {
  const random = sequence(7);
  let leftOut = 0;
  let kept = 0;

  for (let round = 0; round < 40; round++) {
    const inventory = await readInventory(organization(random).source(), await loadCatalogue());
    const filter = allowFilter(inventory);
    for (const target of targets(inventory)) {
      for (const principal of candidatesFor(inventory, target)) {
        const denied = rankOf(decideFor(inventory, principal, target)) === undefined;
        const mayAllow = filter.mayAllow(principal, target);
        if (!mayAllow)
          expect({ principal: principal.ref.id, target: target.arn, denied }).toMatchObject({ denied: true });
        if (mayAllow) kept++;
        else leftOut++;
      }
    }
  }

  expect(leftOut).toBeGreaterThan(500);
  expect(kept).toBeGreaterThan(500);
});

function targets(inventory: Inventory): readonly Target[] {
  const resources = {
    sqs: `arn:aws:sqs:eu-west-1:${account}:jobs`,
    's3:GetObject': 'arn:aws:s3:::data/k',
    s3: 'arn:aws:s3:::data',
    kms: `arn:aws:kms:eu-west-1:${account}:key/1`,
    sts: '*',
  };
  return actions.flatMap((action) => {
    const found = Object.entries(resources).find(([name]) => action.startsWith(name));
    return found ? [getTarget(inventory, getAction(inventory, action), found[1])] : [];
  });
}

/** Two accounts with random users, groups and resource policies: Allow, Deny, NotAction, conditions, unread documents. */
function organization(random: (below: number) => number): GraphFixture {
  const graph = new GraphFixture().account(account).account(other);
  const pick = <Value>(values: readonly [Value, ...Value[]]): Value => values[random(values.length)] ?? values[0];
  const document = (more: object = {}): DocumentJson => {
    const statement = allow(pick(['*', ...patterns]), '*', more);
    const condition = { StringEquals: { 'aws:PrincipalAccount': account } };
    const { Action, ...rest } = statement.Statement[0] ?? {};
    return pick([
      statement,
      { Statement: [{ ...rest, NotAction: Action }] },
      { Statement: [{ ...rest, Action, Effect: 'Deny' }] },
      { Statement: [{ ...rest, Action, Condition: condition }] },
    ]);
  };
  for (const id of [account, other]) {
    const group = graph.group(id, 'all', random(2) === 0 ? {} : { policies: { some: document() } });
    for (let index = 0; index < 4; index++) {
      const policies = random(3) === 0 ? {} : { some: document() };
      const attached = random(8) === 0 ? ['arn:aws:iam::aws:policy/Unread'] : [];
      graph.user(id, `user-${String(index)}`, { policies, attached, groups: random(2) === 0 ? [group] : [] });
    }
  }
  const who = (): unknown =>
    pick<unknown>([
      '*',
      { AWS: account },
      { AWS: `arn:aws:iam::${other}:user/user-1` },
      { AWS: '333333333333' },
      { Service: 'sns.amazonaws.com' },
    ]);
  const policy = (): DocumentJson | undefined => (random(3) === 0 ? undefined : document({ Principal: who() }));
  graph.resource(account, `arn:aws:sqs:eu-west-1:${account}:jobs`, 'SqsQueue', policy());
  graph.resource(account, `arn:aws:kms:eu-west-1:${account}:key/1`, 'KmsKey', policy());
  graph.bucket(account, 'data', policy(), random(5) === 0 ? { unreadPolicies: ['resource'] } : {});
  return graph;
}

/** A repeatable sequence of numbers. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}
