import { accountId, cut, inputOf, json, paged, times, xml } from './stub-answers.ts';
import type { StubAnswer, StubCall } from './stub-aws.ts';

/** How much there is of everything in a made-up organization. */
export interface CompanySize {
  /** Accounts of the organization; the first is the management account. */
  readonly accounts: number;
  readonly units: number;
  readonly scps: number;
  readonly rcps: number;
  /** Targets of the first SCP; every other policy has one. */
  readonly targets: number;
  /** In each account. */
  readonly users: number;
  readonly usersWithKeys: number;
  readonly roles: number;
  readonly permissionSets: number;
  readonly people: number;
  readonly groups: number;
  /** Members of the first group; every other has one. */
  readonly members: number;
  readonly regions: readonly string[];
  /** In each account and region. */
  readonly queues: number;
}

const set = (index: number) => `arn:aws:sso:::permissionSet/ssoins-1/ps-${index}`;
const policyId = (type: string, index: number) => `p-${type}${index}`;
const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}';

/** Answers for a made-up organization as AWS would, in pages no larger than AWS's. For tests. */
export function answerAs(size: CompanySize): (call: StubCall) => StubAnswer {
  const answers = { ...iamAnswers(size), ...organizationAnswers(size), ...identityCenterAnswers(size) };
  return (call) => {
    const account = call.accessKey.replace('AKIA', '');
    if (call.path === '/listRegions') {
      return json({ Regions: size.regions.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED' })) });
    }
    const answer = answers[`${call.service}:${call.operation}`];
    return answer?.(account, call) ?? json({ __type: `no ${call.service}:${call.operation}` }, 400);
  };
}

type Answers = Readonly<Record<string, (account: string, call: StubCall) => StubAnswer>>;

function iamAnswers({ users, usersWithKeys, roles, permissionSets, queues }: CompanySize): Answers {
  const arn = (account: string, rest: string) => `<Arn>arn:aws:iam::${account}:${rest}</Arn>`;
  const trust = encodeURIComponent(document);
  const made = '<CreateDate>2026-01-01T00:00:00Z</CreateDate>';
  const managed =
    '<AttachedManagedPolicies><member><PolicyArn>arn:aws:iam::aws:policy/ReadOnlyAccess</PolicyArn></member><member><PolicyArn>arn:aws:iam::aws:policy/Billing</PolicyArn></member></AttachedManagedPolicies>';

  function details(account: string) {
    const reserved = times(permissionSets, (index) => {
      const name = `AWSReservedSSO_Set${index}_0123456789abcdef`;
      const path = '/aws-reserved/sso.amazonaws.com/eu-west-1/';
      return [
        'RoleDetailList',
        `<RoleName>${name}</RoleName>${arn(account, `role${path}${name}`)}<Path>${path}</Path>`,
      ];
    });
    const others = times(roles, (index) => [
      'RoleDetailList',
      `<RoleName>r${index}</RoleName>${arn(account, `role/r${index}`)}<Path>/</Path>`,
    ]);
    const people = times(users, (index) => [
      'UserDetailList',
      `<UserName>u${index}</UserName><UserId>AIDA${index}</UserId>${arn(account, `user/u${index}`)}<Path>/</Path>${made}${managed}`,
    ]);
    return [
      ...people,
      ...[...reserved, ...others].map(([list, text = '']) => [
        list,
        `${text}<AssumeRolePolicyDocument>${trust}</AssumeRolePolicyDocument>`,
      ]),
    ];
  }

  return {
    'iam:GetAccountAuthorizationDetails': (account, call) => {
      const form = new URLSearchParams(call.body);
      const all = form.get('Filter.member.1') === 'AWSManagedPolicy' ? awsManaged() : details(account);
      const { page, next } = cut(all, form.get('MaxItems'), form.get('Marker'), 1000);
      const lists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'].map((name) => {
        const members = page.filter(([list]) => list === name).map(([, text]) => `<member>${text}</member>`);
        return `<${name}>${members.join('')}</${name}>`;
      });
      const marker = next === undefined ? '' : `<Marker>${next}</Marker>`;
      return xml(call, `${lists.join('')}<IsTruncated>${next !== undefined}</IsTruncated>${marker}`);
    },
    'iam:GenerateCredentialReport': (_, call) => xml(call, '<State>COMPLETE</State>'),
    'iam:GetCredentialReport': (account, call) => xml(call, `<Content>${report(account)}</Content>`),
    'iam:ListSAMLProviders': (_, call) => xml(call, '<SAMLProviderList/>'),
    'iam:ListOpenIDConnectProviders': (_, call) => xml(call, '<OpenIDConnectProviderList/>'),
    'iam:ListAccessKeys': (account, call) => {
      const user = new URLSearchParams(call.body).get('UserName') ?? '';
      const key = `<AccessKeyId>AKIA${account}${user}</AccessKeyId><Status>Active</Status>${made}`;
      return xml(
        call,
        `<AccessKeyMetadata><member>${key}</member></AccessKeyMetadata><IsTruncated>false</IsTruncated>`,
      );
    },
    'ec2:DescribeVpcs': () => ({ body: '<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>' }),
    'sqs:ListQueues': (account, { region, body }) => {
      const urls = times(queues, (index) => `https://sqs.${region}.amazonaws.com/${account}/q${index}`);
      const { page, next } = cut(urls, inputOf(body)['MaxResults'], inputOf(body)['NextToken'], 1000);
      return json({ QueueUrls: page, NextToken: next });
    },
    'sqs:GetQueueAttributes': () => json({ Attributes: { SqsManagedSseEnabled: 'true' } }),
    'sqs:ListQueueTags': () => json({ Tags: { team: 'one' } }),
  };

  function report(account: string): string {
    const header =
      'user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active';
    const rows = times(users, (index) => {
      const key = index < usersWithKeys ? 'true,2026-01-01T00:00:00+00:00' : 'false,N/A';
      return `u${index},arn:aws:iam::${account}:user/u${index},2026-01-01T00:00:00+00:00,false,false,${key},false`;
    });
    return Buffer.from([header, ...rows].join('\n')).toString('base64');
  }
}

/** Two documents, which are the same wherever they are listed. */
function awsManaged(): string[][] {
  return ['ReadOnlyAccess', 'Billing'].map((name) => [
    'Policies',
    `<PolicyName>${name}</PolicyName><Arn>arn:aws:iam::aws:policy/${name}</Arn><Path>/</Path><DefaultVersionId>v7</DefaultVersionId><PolicyVersionList><member><VersionId>v7</VersionId><IsDefaultVersion>true</IsDefaultVersion><Document>${encodeURIComponent(document)}</Document></member></PolicyVersionList>`,
  ]);
}

function organizationAnswers({ accounts, units, scps, rcps, targets }: CompanySize): Answers {
  const arn = (rest: string) => `arn:aws:organizations::${accountId(0)}:${rest}`;
  const unit = (index: number) => ({ Id: `ou-1-u${index}`, Arn: arn(`ou/o-1/ou-1-u${index}`), Name: `unit ${index}` });
  const all = times(accounts, (index) => ({
    Id: accountId(index),
    Arn: arn(`account/o-1/${accountId(index)}`),
    Status: 'ACTIVE',
    Paths: [`o-1/r-1/ou-1-u${index % units}/${accountId(index)}/`],
  }));
  const policies = (type: string, count: number) =>
    times(count, (index) => ({
      Id: policyId(type, index),
      Arn: arn(`policy/o-1/${policyId(type, index)}`),
      Type: type,
    }));

  return {
    'organizations:DescribeOrganization': () =>
      json({
        Organization: { Id: 'o-1', Arn: arn('organization/o-1'), FeatureSet: 'ALL', MasterAccountId: accountId(0) },
      }),
    'organizations:ListRoots': () => json({ Roots: [{ Id: 'r-1', Arn: arn('root/o-1/r-1'), PolicyTypes: [] }] }),
    'organizations:ListOrganizationalUnitsForParent': (_, { body }) =>
      paged(body, 'OrganizationalUnits', inputOf(body)['ParentId'] === 'r-1' ? times(units, unit) : [], 20),
    'organizations:ListAccounts': (_, { body }) => paged(body, 'Accounts', all, 20),
    'organizations:ListPolicies': (_, { body }) =>
      paged(
        body,
        'Policies',
        inputOf(body)['Filter'] === 'SERVICE_CONTROL_POLICY' ? policies('scp', scps) : policies('rcp', rcps),
        20,
      ),
    'organizations:DescribePolicy': () => json({ Policy: { Content: document } }),
    'organizations:ListTargetsForPolicy': (_, { body }) => {
      const count = inputOf(body)['PolicyId'] === policyId('scp', 0) ? targets : 1;
      return paged(
        body,
        'Targets',
        times(count, (index) => ({ TargetId: accountId(index), Type: 'ACCOUNT' })),
        20,
      );
    },
    'organizations:ListDelegatedAdministrators': (_, { body }) => paged(body, 'DelegatedAdministrators', [], 20),
  };
}

function identityCenterAnswers({ permissionSets, people, groups, members, accounts }: CompanySize): Answers {
  const group = (index: number) => `g-${index}`;
  const everyAccount = times(accounts, accountId);
  /** Each set is given to one group in every account. */
  const holder = (index: number) => group(index % groups);
  return {
    'sso:ListInstances': (_, { body }) =>
      paged(
        body,
        'Instances',
        [{ InstanceArn: 'arn:aws:sso:::instance/ssoins-1', IdentityStoreId: 'd-1', OwnerAccountId: accountId(0) }],
        10,
      ),
    'sso:DescribeInstanceAccessControlAttributeConfiguration': () =>
      json({ InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: [] } }),
    'sso:ListPermissionSets': (_, { body }) => paged(body, 'PermissionSets', times(permissionSets, set), 100),
    'sso:DescribePermissionSet': (_, { body }) =>
      json({ PermissionSet: { Name: `Set${String(inputOf(body)['PermissionSetArn']).split('-').at(-1)}` } }),
    'sso:ListManagedPoliciesInPermissionSet': (_, { body }) => paged(body, 'AttachedManagedPolicies', [], 100),
    'sso:ListCustomerManagedPolicyReferencesInPermissionSet': (_, { body }) =>
      paged(body, 'CustomerManagedPolicyReferences', [], 100),
    'sso:GetInlinePolicyForPermissionSet': () => json({ InlinePolicy: document }),
    'sso:GetPermissionsBoundaryForPermissionSet': () => json({ __type: 'ResourceNotFoundException' }, 400),
    'sso:ListAccountAssignments': (_, { body }) => {
      const index = Number(String(inputOf(body)['PermissionSetArn']).split('-').at(-1));
      return paged(body, 'AccountAssignments', [{ PrincipalType: 'GROUP', PrincipalId: holder(index) }], 100);
    },
    'sso:ListAccountAssignmentsForPrincipal': (_, { body }) => {
      const { PrincipalId } = inputOf(body);
      const sets = times(permissionSets, (index) => index).filter((index) => holder(index) === PrincipalId);
      const all = sets.flatMap((index) =>
        everyAccount.map((AccountId) => ({
          AccountId,
          PermissionSetArn: set(index),
          PrincipalId,
          PrincipalType: 'GROUP',
        })),
      );
      return paged(body, 'AccountAssignments', all, 100);
    },
    'identitystore:ListUsers': (_, { body }) =>
      paged(
        body,
        'Users',
        times(people, (index) => ({ UserId: `u-${index}`, UserName: `user${index}` })),
        100,
      ),
    'identitystore:ListGroups': (_, { body }) =>
      paged(
        body,
        'Groups',
        times(groups, (index) => ({ GroupId: group(index), DisplayName: `group${index}` })),
        100,
      ),
    'identitystore:ListGroupMemberships': (_, { body }) => {
      const count = inputOf(body)['GroupId'] === group(0) ? members : 1;
      return paged(
        body,
        'GroupMemberships',
        times(count, (index) => ({ MemberId: { UserId: `u-${index}` } })),
        100,
      );
    },
  };
}
