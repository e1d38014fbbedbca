import { expect, test } from 'vitest';
import { allowedActions, allowedResources, namedPrincipals } from './statements.ts';

const text = JSON.stringify({
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: ['111111111111', '*'], Service: 'sns.amazonaws.com', Federated: 'accounts.google.com' },
      Action: 's3:Get*',
      Resource: ['a', 'b'],
    },
    { Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::222222222222:role/denied' }, Action: '*', Resource: 'c' },
    {
      Effect: 'Allow',
      Principal: '*',
      NotAction: 'iam:*',
      Resource: 'd',
      Condition: { StringEquals: { 'aws:PrincipalAccount': ['333333333333', '4*'] } },
    },
  ],
});

test('only Allow statements let somebody in', () => {
  expect(namedPrincipals(text)).toEqual({
    anyone: true,
    aws: ['111111111111'],
    services: ['sns.amazonaws.com'],
    federated: ['accounts.google.com'],
    mentioned: ['333333333333'],
  });
});

test('actions and resources are those of Allow statements', () => {
  expect(allowedActions(text)).toEqual({ actions: ['s3:Get*'], exceptActions: [['iam:*']] });
  expect(allowedResources(text)).toEqual(['a', 'b', 'd']);
});

test.each([undefined, '', 'not JSON', '[]', '{"Statement":3}'])('%j lets nobody in', (document) => {
  expect(namedPrincipals(document).aws).toEqual([]);
  expect(allowedActions(document)).toEqual({ actions: [], exceptActions: [] });
});
