import { readFileSync } from 'node:fs';
import type { GraphNode } from '@ag/model';
import { expect, test } from 'vitest';
import { isAuthorizationDetails } from './authorization-details-shape.ts';
import { fromAuthorizationDetails } from './from-authorization-details.ts';

const file: unknown = JSON.parse(
  readFileSync(new URL('./fixtures/authorization-details.json', import.meta.url), 'utf8'),
);

test('a file of the AWS CLI is read as AWS’s own answer is', () => {
  const iam = 'arn:aws:iam::012345678901';
  const parts = isAuthorizationDetails(file)
    ? fromAuthorizationDetails(file, { partition: 'aws', account: '012345678901', region: 'global' })
    : [];

  const ids = parts.map(({ resource, nodes }) => [resource, nodes.filter(isNotStatement).map(({ id }) => id)]);
  expect(ids).toEqual([
    ['IamUser', [`${iam}:user/BlakeBortles`]],
    ['IamGroup', [`${iam}:group/GOAT`]],
    ['IamRole', [`${iam}:role/GOAT`, `${iam}:role/MyOtherRole`]],
    [
      'IamPolicy',
      [
        `${iam}:role/GOAT#inline/SsmOnboardingInlinePolicy`,
        `${iam}:role/MyOtherRole#inline/InlinePolicyForTestingOverrides`,
        `${iam}:policy/NotYourPolicy`,
        `${iam}:policy/PolicyForTestingOverrides`,
      ],
    ],
    ['IamInstanceProfile', []],
    ['AwsService', ['ssm.amazonaws.com']],
    ['Anyone', []],
    ['WebIdentityProvider', []],
  ]);
  expect(parts.flatMap(({ gaps }) => gaps)).toEqual([]);
});

test('a policy that the file attaches and does not hold stays visible as an edge', () => {
  const groups = isAuthorizationDetails(file)
    ? fromAuthorizationDetails(file, { partition: 'aws', account: '012345678901', region: 'global' })[1]
    : undefined;

  expect(groups?.edges).toEqual([
    {
      type: 'HAS_POLICY',
      from: 'arn:aws:iam::012345678901:group/GOAT',
      to: 'arn:aws:iam::aws:policy/AdministratorAccess',
      properties: {},
    },
  ]);
});

test('other JSON is not an answer', () => {
  const others = [
    undefined,
    null,
    [],
    {},
    { Users: [] },
    { UserDetailList: {} },
    { RoleDetailList: [{ RoleName: 'x' }] },
  ];
  const inner = { UserDetailList: [{ Arn: 'arn:aws:iam::012345678901:user/a', GroupList: 'admins' }] };

  expect([...others, inner].filter(isAuthorizationDetails)).toEqual([]);
});

function isNotStatement({ labels }: GraphNode): boolean {
  return labels[0] !== 'PolicyStatement';
}
