import { expect, test } from 'vitest';
import { readTrusts } from './trusts.ts';

const role = 'arn:aws:iam::111122223333:role/deploy';

function trust(...statements: object[]) {
  return readTrusts(role, JSON.stringify({ Statement: statements }));
}

function allow(principal: unknown, more: object = {}) {
  return { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more };
}

function edge(to: string, conditional = false, actions = ['sts:AssumeRole']) {
  return { type: 'TRUSTS', from: role, to, properties: { actions, conditional } };
}

test('every form of a principal leads to its node', () => {
  const { edges } = trust(
    allow({
      AWS: [
        '444455556666',
        'arn:aws:iam::444455556666:user/ana',
        'AROAEXAMPLEEXAMPLE123',
        'arn:aws:sts::444455556666:assumed-role/ci/build-7',
      ],
      Service: 'ec2.amazonaws.com',
      Federated: ['arn:aws:iam::111122223333:saml-provider/okta', 'accounts.google.com'],
    }),
  );

  expect(edges).toEqual([
    edge('AROAEXAMPLEEXAMPLE123'),
    edge('accounts.google.com'),
    edge('arn:aws:iam::111122223333:saml-provider/okta'),
    edge('arn:aws:iam::444455556666:root'),
    edge('arn:aws:iam::444455556666:user/ana'),
    edge('arn:aws:sts::444455556666:assumed-role/ci'),
    edge('ec2.amazonaws.com'),
  ]);
});

test('services, public providers and anyone are nodes, since no listing yields them', () => {
  const { principals } = trust(
    allow({ Service: 'lambda.amazonaws.com', Federated: 'accounts.google.com' }),
    allow('*'),
    allow({ AWS: '*' }),
  );

  expect(principals).toEqual([
    { id: '*', labels: ['Anyone', 'Principal'], properties: { name: 'Anyone' } },
    { id: 'accounts.google.com', labels: ['WebIdentityProvider'], properties: { name: 'accounts.google.com' } },
    { id: 'lambda.amazonaws.com', labels: ['AwsService', 'Principal'], properties: { name: 'lambda.amazonaws.com' } },
  ]);
});

test('a principal that is named twice has one edge, conditional only where every statement is', () => {
  const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };

  const { edges } = trust(
    allow({ AWS: '444455556666' }, condition),
    allow({ AWS: '444455556666' }, { Action: ['sts:TagSession', 'sts:AssumeRole'] }),
    allow({ AWS: '777788889999' }, condition),
  );

  expect(edges).toEqual([
    edge('arn:aws:iam::444455556666:root', false, ['sts:AssumeRole', 'sts:TagSession']),
    edge('arn:aws:iam::777788889999:root', true),
  ]);
});

test('everyone but a few is anyone, on a condition', () => {
  const { edges } = trust({ Effect: 'Allow', NotPrincipal: { AWS: '444455556666' }, Action: 'sts:AssumeRole' });

  expect(edges).toEqual([edge('*', true)]);
});

test('a denial is no trust', () => {
  expect(trust({ ...allow('*'), Effect: 'Deny' })).toEqual({ edges: [], principals: [] });
});

test('the root user is named in the role’s partition', () => {
  const { edges } = readTrusts(
    'arn:aws-cn:iam::111122223333:role/deploy',
    JSON.stringify({ Statement: allow({ AWS: '444455556666' }) }),
  );

  expect(edges.map(({ to }) => to)).toEqual(['arn:aws-cn:iam::444455556666:root']);
});
