import { AccountAccessError, type Connection, type ConnectionSettings } from '@ag/connect';
import type { GapReason, GraphNode, ScopeContent } from '@ag/model';
import { type Reader, awsAccount, defineNode } from '@ag/resource';
import { afterEach, expect, test } from 'vitest';
import { ingest } from './ingest.ts';
import { type StubAnswer, type StubAws, startStubAws } from './stub-aws.ts';

const [caller, member, closed] = ['100000000001', '100000000002', '100000000003'];
const readAt = '2026-11-24T08:00:00.000Z';
const stubs: StubAws[] = [];
const toy = defineNode({ label: 'Toy', description: '', docs: '', properties: {} });

afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

const regions: StubAnswer = {
  type: 'application/json',
  body: '{"Regions":[{"RegionName":"eu-west-1","RegionOptStatus":"ENABLED_BY_DEFAULT"}]}',
};
const denied: StubAnswer = {
  status: 403,
  body: '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>not for you</Message></Error></Errors></Response>',
};

const deniedInJson: StubAnswer = {
  status: 403,
  type: 'application/json',
  body: '{"__type":"AccessDeniedException","message":"not for you"}',
};

/** A connection into three accounts; `closed` is suspended, and no role of ours is in those of `locked`. */
async function connect(
  answer: StubAnswer,
  locked: Readonly<Record<string, GapReason>> = {},
  settings: ConnectionSettings = {},
) {
  const stub = await startStubAws(({ path }) => (answer === denied && path === '/listRegions' ? deniedInJson : answer));
  stubs.push(stub);
  return {
    name: 'default',
    account: caller,
    partition: 'aws',
    defaultRegion: 'us-east-1',
    endpointUrl: stub.url,
    settings,
    credentialsFor: (account) => () => {
      const reason = locked[account];
      if (reason === undefined) return Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 's' });
      return Promise.reject(new AccountAccessError(account, reason, `cannot assume the role of \`${account}\``));
    },
    invalidate: () => undefined,
    assumptions: () => 0,
  } satisfies Connection;
}

const tree: Reader = {
  name: 'tree',
  description: '',
  scope: 'organization',
  types: [awsAccount],
  actions: ['organizations:ListAccounts'],
  read: async () => {
    const account = (id: string, status: string) => awsAccount.node(id, { status });
    const nodes = [account(caller, 'ACTIVE'), account(member, 'ACTIVE'), account(closed, 'SUSPENDED')];
    return [{ resource: awsAccount.label, state: 'complete', nodes, edges: [], gaps: [] }];
  },
};

/** One toy in every account, or in every region. */
function toys(scope: 'global' | 'regional', label: string = toy.label): Reader {
  return {
    name: `toys/${label}`,
    description: '',
    scope,
    types: [{ ...toy, label }],
    actions: ['toy:ListToys'],
    read: async ({ place }) => {
      const id = `arn:aws:toy:${place.region === 'global' ? '' : place.region}:${place.account}:toy/1`;
      const node: GraphNode = { id, labels: [label, 'AwsResource'], properties: { account: place.account } };
      return [{ resource: label, state: 'complete', nodes: [node], edges: [], gaps: [] }];
    },
  };
}

async function read(connection: Connection, readers: readonly Reader[], onContent?: () => Promise<void>) {
  const contents: ScopeContent[] = [];
  const warnings: object[] = [];
  const summary = await ingest({
    connection,
    registry: { definitions: [], readers },
    log: { info: () => undefined, warn: (data) => void warnings.push(data) },
    now: () => new Date(readAt),
    onContent: async (content) => {
      contents.push(content);
      await onContent?.();
    },
  });
  const lines = contents.map(({ scope: { place, resource }, state, nodes, gaps }) =>
    [place.account, place.region, resource, state, nodes.length, ...gaps.map((gap) => gap.action)].join(' '),
  );
  return { contents, lines: lines.sort(), summary, warnings };
}

test('an account that cannot be entered becomes denied scopes, a suspended one detached ones, and the rest is read (I12)', async () => {
  const connection = await connect(regions, { [member]: 'denied' });

  const { lines, summary, contents } = await read(connection, [tree, toys('global', 'Doll'), toys('regional')]);

  expect(lines).toEqual([
    `${caller} eu-west-1 Toy complete 1`,
    `${caller} global AwsAccount complete 3`,
    `${caller} global AwsRegion complete 0`,
    `${caller} global CallerIdentity complete 1`,
    `${caller} global Doll complete 1`,
    `${member} eu-west-1 Toy denied 0 sts:AssumeRole`,
    `${member} global AwsRegion denied 0 sts:AssumeRole`,
    `${member} global CallerIdentity denied 1 sts:AssumeRole`,
    `${member} global Doll denied 0 sts:AssumeRole`,
    `${closed} eu-west-1 Toy detached 0 toy:ListToys`,
    `${closed} global AwsRegion detached 0 account:ListRegions`,
    `${closed} global CallerIdentity detached 1 sts:AssumeRole`,
    `${closed} global Doll detached 0 toy:ListToys`,
  ]);
  expect(summary.accounts).toEqual([caller, member]);
  const messages = contents.flatMap(({ gaps }) => gaps.map(({ message }) => message));
  expect(new Set(messages)).toEqual(new Set([`cannot assume the role of \`${member}\``, 'the account is suspended']));
});

test('where the regions may not be asked for, the SDK’s own is read, and a gap says so', async () => {
  const { contents, lines } = await read(await connect(denied), [toys('regional')]);

  expect(lines).toEqual([
    `${caller} global AwsRegion denied 0 account:ListRegions ec2:DescribeRegions`,
    `${caller} global CallerIdentity complete 1`,
    `${caller} us-east-1 Toy complete 1`,
  ]);
  expect(contents.flatMap(({ gaps }) => gaps)).toEqual([
    {
      place: { partition: 'aws', account: caller, region: 'global' },
      resource: 'AwsRegion',
      action: 'account:ListRegions',
      reason: 'denied',
      message: 'not for you',
    },
    {
      place: { partition: 'aws', account: caller, region: 'global' },
      resource: 'AwsRegion',
      action: 'ec2:DescribeRegions',
      reason: 'denied',
      message: 'not for you',
    },
  ]);
});

test('where the regions may not be asked for, the named ones are read', async () => {
  const connection = await connect(denied, {}, { regions: ['eu-central-1', 'eu-west-3'] });

  const { lines } = await read(connection, [toys('regional')]);

  expect(lines.filter((line) => line.includes('Toy'))).toEqual([
    `${caller} eu-central-1 Toy complete 1`,
    `${caller} eu-west-3 Toy complete 1`,
  ]);
});

test('an organization that may not be seen leaves the one account, and its gap', async () => {
  const blind: Reader = {
    ...tree,
    read: async ({ place }) => {
      const gap = {
        place,
        resource: 'AwsAccount',
        action: 'organizations:ListAccounts',
        reason: 'denied',
        message: '',
      } as const;
      return [{ resource: 'AwsAccount', state: 'denied', nodes: [], edges: [], gaps: [gap] }];
    },
  };

  const { lines, summary } = await read(await connect(regions), [blind, toys('global')]);

  expect(lines).toEqual([
    `${caller} global AwsAccount denied 0 organizations:ListAccounts`,
    `${caller} global AwsRegion complete 0`,
    `${caller} global CallerIdentity complete 1`,
    `${caller} global Toy complete 1`,
  ]);
  expect(summary).toMatchObject({ accounts: [caller], gaps: 1 });
});

test('a reader that throws loses its own scopes only', async () => {
  const broken: Reader = {
    ...toys('global', 'Doll'),
    read: () => Promise.reject(new TypeError('x is not a function')),
  };

  const { lines, warnings } = await read(await connect(regions), [broken, toys('global')]);

  expect(lines.filter((line) => /Doll|Toy/.test(line))).toEqual([
    `${caller} global Doll unexpected 0 toy:ListToys`,
    `${caller} global Toy complete 1`,
  ]);
  expect(warnings).toEqual([
    { place: { partition: 'aws', account: caller, region: 'global' }, resource: 'Doll', state: 'unexpected' },
  ]);
});

test('a region that a service control policy closes costs few calls, shows in every scope, and spares the other region', async () => {
  const asked: string[] = [];
  const services = ['ec2', 'sqs', 'kms', 'sns'];
  const readers = services.flatMap((service) =>
    Array.from({ length: 12 }, (_, index): Reader => {
      const label = `${service}Toy${index}`;
      const action = `${service}:ListToys${index}` as const;
      return {
        ...toys('regional', label),
        actions: [action],
        read: async ({ place }) => {
          if (place.region === 'eu-west-1') {
            return [{ resource: label, state: 'complete', nodes: [], edges: [], gaps: [] }];
          }
          asked.push(action);
          const gap = { place, resource: label, action, reason: 'deniedByScp', message: '' } as const;
          return [{ resource: label, state: 'deniedByScp', nodes: [], edges: [], gaps: [gap] }];
        },
      };
    }),
  );
  const connection = await connect({
    type: 'application/json',
    body: JSON.stringify({
      Regions: ['eu-south-1', 'eu-west-1'].map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED' })),
    }),
  });

  const { lines } = await read(connection, readers);

  const toysOf = (region: string) => lines.filter((line) => line.includes(region));
  const expected = services.flatMap((service) =>
    Array.from({ length: 12 }, (_, index) => [`${service}Toy${index}`, `${service}:ListToys${index}`] as const),
  );
  expect(toysOf('eu-south-1')).toEqual(
    expected.map(([label, action]) => `${caller} eu-south-1 ${label} deniedByScp 0 ${action}`).sort(),
  );
  expect(toysOf('eu-west-1')).toEqual(expected.map(([label]) => `${caller} eu-west-1 ${label} complete 0`).sort());
  // Two services before the third shows what it is, and each of the others until it is seen to be denied too.
  expect(asked.length).toBeLessThan(48);
  expect(new Set(asked.map((action) => action.split(':')[0]))).toEqual(new Set(services));
});

test('when nobody takes the contents the run ends with that error', async () => {
  const connection = await connect(regions);
  const full = () => Promise.reject(new Error('no space left on the disk'));

  await expect(read(connection, [tree, toys('global'), toys('regional')], full)).rejects.toThrow('no space left');
});
