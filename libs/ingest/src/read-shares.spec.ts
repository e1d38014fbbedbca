import { expect, test } from 'vitest';
import { account, failure, gapsOf, readFromStub } from './read-from-stub.ts';

const other = '444455556666';
const share = (owner: string) => `arn:aws:ram:eu-west-1:${owner}:resource-share/1`;
const subnet = `arn:aws:ec2:eu-west-1:${other}:subnet/subnet-1`;
const project = `arn:aws:codebuild:eu-west-1:${account}:project/build`;
const described = (owner: string) => ({
  ...{
    resourceShareArn: share(owner),
    name: 's',
    owningAccountId: owner,
    status: 'ACTIVE',
    allowExternalPrincipals: true,
  },
  ...(owner === account && { tags: [{ key: 'team', value: 'shop' }] }),
});

const shares = {
  'POST /getresourceshares': ({ body }: { readonly body: string }) => ({
    resourceShares: body.includes('SELF')
      ? [described(account), { ...described('0'), status: 'DELETED' }]
      : [described(other)],
  }),
  'POST /listprincipals': {
    principals: [
      { id: other, external: true },
      { id: 'arn:aws:organizations::123456789012:ou/o-1/ou-1', external: false },
    ],
  },
  'POST /listresources': ({ body }: { readonly body: string }) => ({
    resources: [{ arn: body.includes('SELF') ? project : subnet }],
  }),
  'POST /listresourcesharepermissions': { permissions: [{ name: 'AWSRAMDefaultPermissionCodeBuildProject' }] },
};

test('a share of one’s own says with whom and what for; of another’s share only what it holds is known', async () => {
  const { parts } = await readFromStub(['RamResourceShare'], shares);

  const common = { region: 'eu-west-1', name: 's', status: 'ACTIVE', allowsOutsiders: true };
  const node = (owner: string, own: object) => ({
    id: share(owner),
    labels: ['RamResourceShare', 'AwsResource'],
    properties: { ...common, account: owner, arn: share(owner), ...own },
  });
  expect(parts[0]).toEqual({
    resource: 'RamResourceShare',
    state: 'complete',
    gaps: [],
    nodes: [
      node(account, {
        outsiders: [other],
        permissionNames: ['AWSRAMDefaultPermissionCodeBuildProject'],
        tags: ['team=shop'],
      }),
      node(other, {}),
    ],
    edges: [
      { type: 'SHARES', from: share(account), to: project, properties: {} },
      { type: 'SHARED_WITH', from: share(account), to: other, properties: {} },
      {
        type: 'SHARED_WITH',
        from: share(account),
        to: 'arn:aws:organizations::123456789012:ou/o-1/ou-1',
        properties: {},
      },
      { type: 'SHARES', from: share(other), to: subnet, properties: {} },
    ],
  });
});

test('principals that are denied are unread of the own share, and not asked for of another’s', async () => {
  const { 'POST /listprincipals': _, ...others } = shares;

  expect(gapsOf((await readFromStub(['RamResourceShare'], others)).parts)).toEqual([
    `ram:ListPrincipals denied ${share(account)}`,
  ]);
});

const anchor = `arn:aws:rolesanywhere:eu-west-1:${account}:trust-anchor/1`;
const profile = `arn:aws:rolesanywhere:eu-west-1:${account}:profile/1`;
const robot = `arn:aws:iam::${account}:role/robot`;
const outside = {
  'GET /trustanchors': {
    trustAnchors: [
      {
        ...{ trustAnchorArn: anchor, name: 'floor', enabled: true },
        source: {
          sourceType: 'AWS_ACM_PCA',
          sourceData: { acmPcaArn: 'arn:aws:acm-pca:eu-west-1:1:certificate-authority/1' },
        },
      },
    ],
  },
  'GET /profiles': {
    profiles: [
      {
        ...{ profileArn: profile, name: 'robots', enabled: false, durationSeconds: 900, roleArns: [robot] },
        managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      },
    ],
  },
  [`GET /ListTagsForResource?resourceArn=${profile}`]: { tags: [{ key: 'team', value: 'robotics' }] },
};

test('a Roles Anywhere profile gives its roles; tags that are denied are unread', async () => {
  const { parts } = await readFromStub(['RolesAnywhereTrustAnchor', 'RolesAnywhereProfile'], outside);

  expect(gapsOf(parts)).toEqual([`rolesanywhere:ListTagsForResource denied ${anchor}`]);
  expect(parts.flatMap(({ nodes }) => nodes).map(({ properties }) => properties)).toEqual([
    {
      ...{ account, region: 'eu-west-1', arn: profile, name: 'robots', enabled: false, sessionSeconds: 900 },
      tags: ['team=robotics'],
    },
    {
      ...{ account, region: 'eu-west-1', arn: anchor, name: 'floor', enabled: true, sourceType: 'AWS_ACM_PCA' },
      ...{ authorityArn: 'arn:aws:acm-pca:eu-west-1:1:certificate-authority/1' },
      unread: ['rolesanywhere:ListTagsForResource'],
    },
  ]);
  expect(parts.flatMap(({ edges }) => edges).map(({ type, to }) => `${type} ${to}`)).toEqual([
    `GIVES ${robot}`,
    'LIMITED_BY arn:aws:iam::aws:policy/ReadOnlyAccess',
  ]);
});

test('an answer of Roles Anywhere without its list is not an empty one', async () => {
  const { parts } = await readFromStub(['RolesAnywhereProfile'], { 'GET /profiles': {} });

  expect(gapsOf(parts)).toEqual(['RolesAnywhereProfile malformed', 'rolesanywhere:ListProfiles malformed']);
});

const restart = `arn:aws:ssm:eu-west-1:${account}:document/restart`;

async function readDocument(permission: Readonly<Record<string, unknown>>) {
  const { parts } = await readFromStub(['SsmDocument'], {
    ListDocuments: { DocumentIdentifiers: [{ Name: 'restart', DocumentType: 'Command' }] },
    DescribeDocumentPermission: permission,
  });
  const { isPublic, unread } = parts[0]?.nodes[0]?.properties ?? {};
  return { isPublic, unread, edges: parts[0]?.edges.map(({ type, to }) => `${type} ${to}`), gaps: gapsOf(parts) };
}

test('a document is shared with accounts, with everyone, with nobody, or it is unread with whom', async () => {
  expect(await readDocument({ AccountIds: [other] })).toEqual({
    isPublic: false,
    edges: [`SHARED_WITH ${other}`],
    gaps: [],
  });
  expect(await readDocument({ AccountIds: ['all'] })).toEqual({ isPublic: true, edges: [], gaps: [] });
  expect(await readDocument({ AccountIds: [] })).toEqual({ isPublic: false, edges: [], gaps: [] });
  expect(await readDocument(failure('AccessDeniedException'))).toEqual({
    unread: ['ssm:DescribeDocumentPermission'],
    edges: [],
    gaps: [`ssm:DescribeDocumentPermission denied ${restart}`],
  });
});
