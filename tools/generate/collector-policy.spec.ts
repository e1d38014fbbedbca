import { defineResource, type Reader } from '@ag/resource';
import { expect, test } from 'vitest';
import { collectorPolicies } from './collector-policy.ts';
import type { Source } from './find-sources.ts';

class Client {}

const queue = defineResource('SqsQueue', { description: '', docs: '', scope: 'regional', client: Client })
  .list('sqs:ListQueues', async function* () {
    await Promise.resolve();
    yield '';
  })
  .detail('tags', 'sqs:ListQueueTags', () => Promise.resolve({}))
  .node((seen) => seen.item, {});

function reader(scope: Reader['scope'], actions: Reader['actions']): Reader {
  return { name: scope, description: '', scope, types: [], actions, read: () => Promise.resolve([]) };
}

function source(service: string, value: Source['value']): Source {
  return { service, file: 'file.ts', name: 'name', value };
}

const sources = [
  source('sqs', queue),
  source('iam', reader('final', ['iam:GetPolicy'])),
  source('organizations', reader('organization', ['organizations:ListRoots'])),
  source('sso', reader('identityCenter', ['sso:ListInstances', 'identitystore:ListUsers'])),
];

test('a member account needs nothing of the organization or of Identity Center', async () => {
  const files = await collectorPolicies(sources);

  expect(new Map(files.map(({ path, content }) => [path, sidsOf(content)]))).toEqual(
    new Map([
      [
        'deploy/collector-policy.json',
        [
          'CoreAccount',
          'CoreEc2',
          'CoreIam',
          'CoreResourceexplorer2',
          'ResourcesSqs',
          'OrganizationOrganizations',
          'IdentityCenterIdentitystore',
          'IdentityCenterSso',
        ],
      ],
      ['deploy/collector-policy.core.json', ['CoreAccount', 'CoreEc2', 'CoreIam', 'CoreResourceexplorer2']],
      ['deploy/collector-policy.resources.json', ['ResourcesSqs']],
      ['deploy/collector-policy.organization.json', ['OrganizationOrganizations']],
      ['deploy/collector-policy.identity-center.json', ['IdentityCenterIdentitystore', 'IdentityCenterSso']],
    ]),
  );
});

test('actions are sorted, each once', async () => {
  const [all] = await collectorPolicies([...sources, source('sqs', queue)]);

  expect(all?.content).toContain('["sqs:ListQueueTags", "sqs:ListQueues"]');
});

test('a policy that IAM would refuse for its size is refused here', async () => {
  const many = Array.from({ length: 250 }, (_, index) => `iam:GetSomethingLong${index}` as const);

  await expect(collectorPolicies([source('iam', reader('global', many))])).rejects.toThrow(
    'more than the 6144 that IAM allows',
  );
});

function sidsOf(content: string): string[] {
  return [...content.matchAll(/"Sid": "(\w+)"/g)].flatMap(([, sid]) => sid ?? []);
}
