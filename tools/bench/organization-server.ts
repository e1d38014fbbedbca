import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';

/** How large an organization is that exists only as answers. */
export interface OrganizationSize {
  readonly accounts: number;
  /** Users and roles of each account together. */
  readonly principals: number;
}

const firstAccount = 100_000_000_000;
const pageSize = 1000;

export function accountIds({ accounts }: OrganizationSize): readonly string[] {
  return Array.from({ length: accounts }, (_, index) => String(firstAccount + index));
}

/** Serves the organization's IAM on loopback as AWS would, page by page; answers the port. */
export async function serveOrganization(size: OrganizationSize): Promise<number> {
  const server = createServer((request, response) => void answer(size, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return address.port;
}

async function answer(size: OrganizationSize, request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.setEncoding('utf8');
  let body = '';
  for await (const part of request) body += String(part);
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const value = ofOrganizations(size, target.split('.').at(-1) ?? '', body);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(value));
    return;
  }
  const form = new URLSearchParams(body);
  // A session's key is its account, so that one server is all of them.
  const key = /Credential=(?:AKIA)?([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const account = /^\d{12}$/.test(key) ? key : String(firstAccount);
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.end(ofQuery(size, form, account));
}

function ofOrganizations(size: OrganizationSize, operation: string, body: string): unknown {
  const management = String(firstAccount);
  switch (operation) {
    case 'DescribeOrganization':
      return {
        Organization: {
          Id: 'o-bench00000',
          Arn: `arn:aws:organizations::${management}:organization/o-bench00000`,
          FeatureSet: 'ALL',
          MasterAccountId: management,
        },
      };
    case 'ListRoots':
      return {
        Roots: [
          {
            Id: 'r-1',
            Arn: `arn:aws:organizations::${management}:root/o-bench00000/r-1`,
            Name: 'Root',
            PolicyTypes: [],
          },
        ],
      };
    case 'ListAccountsForParent': {
      const from = Number(/"NextToken":"(\d+)"/.exec(body)?.[1] ?? '0');
      const ids = accountIds(size);
      return {
        Accounts: ids.slice(from, from + 20).map((Id) => ({
          Id,
          Arn: `arn:aws:organizations::${management}:account/o-bench00000/${Id}`,
          Name: `account ${Id}`,
          State: 'ACTIVE',
        })),
        ...(from + 20 < ids.length && { NextToken: String(from + 20) }),
      };
    }
    case 'ListOrganizationalUnitsForParent':
      return { OrganizationalUnits: [] };
    case 'ListDelegatedAdministrators':
      return { DelegatedAdministrators: [] };
    default:
      return { Policies: [] };
  }
}

function ofQuery(size: OrganizationSize, form: URLSearchParams, account: string): string {
  const action = form.get('Action') ?? '';
  switch (action) {
    case 'GetCallerIdentity':
      return result(
        action,
        `<Account>${account}</Account><Arn>arn:aws:iam::${account}:user/bench</Arn><UserId>1</UserId>`,
      );
    case 'AssumeRole': {
      const member = form.get('RoleArn')?.split(':')[4] ?? '';
      const credentials = `<AccessKeyId>${member}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>`;
      return result(action, `<Credentials>${credentials}</Credentials>`);
    }
    case 'DescribeRegions':
      return '<DescribeRegionsResponse><regionInfo><item><regionName>us-east-1</regionName></item></regionInfo></DescribeRegionsResponse>';
    case 'GetAccountAuthorizationDetails':
      return form.get('Filter.member.1') === 'AWSManagedPolicy'
        ? result(action, '<IsTruncated>false</IsTruncated><Policies/>')
        : detailsPage(size, account, Number(form.get('Marker') ?? '0'));
    case 'GenerateCredentialReport':
      return result(action, '<State>COMPLETE</State>');
    case 'GetCredentialReport':
      return result(action, `<Content>${Buffer.from('user,arn\n').toString('base64')}</Content>`);
    default:
      return result(action, '<IsTruncated>false</IsTruncated>');
  }
}

function detailsPage({ principals }: OrganizationSize, account: string, from: number): string {
  const count = Math.min(pageSize, principals - from);
  const roles = Array.from({ length: count }, (_, index) => roleDetail(account, from + index)).join('');
  const isTruncated = from + count < principals;
  // One customer-managed policy for ten roles.
  const policies = Array.from({ length: Math.ceil(count / 10) }, (_, index) =>
    policyDetail(account, from / 10 + index),
  ).join('');
  return result(
    'GetAccountAuthorizationDetails',
    `<IsTruncated>${String(isTruncated)}</IsTruncated>${isTruncated ? `<Marker>${from + count}</Marker>` : ''}` +
      `<RoleDetailList>${roles}</RoleDetailList><Policies>${policies}</Policies>`,
  );
}

function roleDetail(account: string, number: number): string {
  const name = `role-${number}`;
  const trust = documentOf({
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  const inline = documentOf(
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::bucket-${number}/*` },
    { Effect: 'Allow', Action: 'sqs:*', Resource: `arn:aws:sqs:*:${account}:queue-${number}` },
  );
  const attached = [
    `arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`,
    `arn:aws:iam::${account}:policy/policy-${Math.floor(number / 10)}`,
  ];
  return (
    `<member><Path>/</Path><RoleName>${name}</RoleName><RoleId>AROA${account}${String(number).padStart(6, '0')}</RoleId>` +
    `<Arn>arn:aws:iam::${account}:role/${name}</Arn><CreateDate>2024-01-01T00:00:00Z</CreateDate>` +
    `<AssumeRolePolicyDocument>${trust}</AssumeRolePolicyDocument><InstanceProfileList/>` +
    `<RolePolicyList><member><PolicyName>own</PolicyName><PolicyDocument>${inline}</PolicyDocument></member></RolePolicyList>` +
    `<AttachedManagedPolicies>${attached.map((arn) => `<member><PolicyName>${arn.split('/').at(-1) ?? ''}</PolicyName><PolicyArn>${arn}</PolicyArn></member>`).join('')}</AttachedManagedPolicies>` +
    `<Tags><member><Key>team</Key><Value>team-${number % 40}</Value></member></Tags><RoleLastUsed/></member>`
  );
}

function policyDetail(account: string, number: number): string {
  const document = documentOf(
    ...Array.from({ length: 8 }, (_, index) => ({
      Sid: `Statement${index}`,
      Effect: index === 7 ? 'Deny' : 'Allow',
      Action: [`dynamodb:Get*`, `dynamodb:Query`, `kms:Decrypt`],
      Resource: `arn:aws:dynamodb:*:${account}:table/table-${number}-${index}`,
    })),
  );
  const name = `policy-${number}`;
  return (
    `<member><PolicyName>${name}</PolicyName><PolicyId>ANPA${account}${number}</PolicyId>` +
    `<Arn>arn:aws:iam::${account}:policy/${name}</Arn><Path>/</Path><DefaultVersionId>v1</DefaultVersionId>` +
    `<AttachmentCount>10</AttachmentCount><IsAttachable>true</IsAttachable><CreateDate>2024-01-01T00:00:00Z</CreateDate>` +
    `<UpdateDate>2024-01-01T00:00:00Z</UpdateDate><PolicyVersionList><member><Document>${document}</Document>` +
    `<VersionId>v1</VersionId><IsDefaultVersion>true</IsDefaultVersion><CreateDate>2024-01-01T00:00:00Z</CreateDate></member></PolicyVersionList></member>`
  );
}

function documentOf(...statements: readonly object[]): string {
  return encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}

function result(action: string, body: string): string {
  return `<${action}Response><${action}Result>${body}</${action}Result></${action}Response>`;
}
