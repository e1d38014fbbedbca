import { expect, test } from 'vitest';
import { amend } from './amend.ts';
import { callOf, seededOf } from './fixtures.ts';

const account = '111122223333';
const user = `arn:aws:iam::${account}:user/batch`;
const role = `arn:aws:iam::${account}:role/web`;
const seeded = seededOf({
  iam: {
    boundaries: { [user]: `arn:aws:iam::${account}:policy/limits` },
    rolesLastUsed: { [role]: { at: '2026-11-24T06:00:00Z', region: 'eu-west-1' } },
    keys: [
      {
        account,
        user: 'batch',
        id: 'AKIAONE',
        createdAt: '2020-01-15T08:00:00Z',
        lastUsed: { at: '2023-03-01T02:00:00Z', service: 's3', region: 'eu-west-1' },
      },
      { account, user: 'batch', id: 'AKIATWO', createdAt: '2019-04-01T08:00:00Z', inactive: true },
    ],
  },
});

test('a user’s boundary and a role’s last use are put where they belong, and nowhere else', () => {
  const details = (boundary: string, used: string) =>
    `<UserDetailList><member><UserName>batch</UserName><Arn>${user}</Arn>${boundary}</member>` +
    `<member><Arn>${user}-other</Arn></member></UserDetailList>` +
    `<RoleDetailList><member><Arn>${role}-other</Arn><RoleLastUsed/></member>` +
    `<member><Arn>${role}</Arn>${used}</member></RoleDetailList>`;

  const amended = amend(callOf('iam:GetAccountAuthorizationDetails'), details('', '<RoleLastUsed/>'), seeded);

  expect(amended).toBe(
    details(
      `<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>arn:aws:iam::${account}:policy/limits</PermissionsBoundaryArn></PermissionsBoundary>`,
      '<RoleLastUsed><LastUsedDate>2026-11-24T06:00:00Z</LastUsedDate><Region>eu-west-1</Region></RoleLastUsed>',
    ),
  );
});

test('a role that was used a moment ago was used when the description says', () => {
  const body = `<Arn>${role}</Arn><RoleLastUsed><LastUsedDate>2026-11-24T10:00:00Z</LastUsedDate><Region>us-east-1</Region></RoleLastUsed>`;

  expect(amend(callOf('iam:GetAccountAuthorizationDetails'), body, seeded)).toBe(
    `<Arn>${role}</Arn><RoleLastUsed><LastUsedDate>2026-11-24T06:00:00Z</LastUsedDate><Region>eu-west-1</Region></RoleLastUsed>`,
  );
});

test('keys are as old as the description says', () => {
  const list = (one: string, two: string) =>
    ['ONE', one, 'TWO', two, 'STRANGE', '2026-11-24T10:00:00Z']
      .map((text, index) =>
        index % 2 === 0 ? `<AccessKeyId>AKIA${text}</AccessKeyId>` : `<CreateDate>${text}</CreateDate>`,
      )
      .join('');

  expect(amend(callOf('iam:ListAccessKeys'), list('2026-11-24T10:00:00Z', '2026-11-24T10:00:01Z'), seeded)).toBe(
    list('2020-01-15T08:00:00Z', '2019-04-01T08:00:00Z'),
  );
});

test('the credential report has its root row and the keys’ dates', () => {
  const header =
    'user,arn,user_creation_time,password_enabled,mfa_active,' +
    'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
    'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date';
  const made = '2026-11-24T10:00:00+00:00';
  const rows = [
    `batch,${user},${made},false,false,true,${made},N/A,N/A,N/A,false,${made},N/A`,
    `eve,arn:aws:iam::${account}:user/eve,${made},true,false,true,${made},N/A,N/A,N/A,false,N/A,N/A`,
  ];
  const encode = (lines: readonly string[]) => `<Content>${Buffer.from(lines.join('\n')).toString('base64')}</Content>`;

  const amended = amend(callOf('iam:GetCredentialReport'), encode([header, ...rows]), seeded) ?? '';

  const [, content = ''] = /<Content>([^<]*)</.exec(amended) ?? [];
  expect(Buffer.from(content, 'base64').toString().split('\n')).toEqual([
    header,
    `<root_account>,arn:aws:iam::${account}:root,2019-01-07T09:00:00+00:00,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A`,
    `batch,${user},${made},false,false,true,2020-01-15T08:00:00+00:00,2023-03-01T02:00:00+00:00,eu-west-1,s3,false,2019-04-01T08:00:00+00:00,N/A`,
    rows[1],
    '',
  ]);
});

test('what the emulator answers well stays', () => {
  expect(amend(callOf('iam:ListUsers'), '<Users/>', seeded)).toBeUndefined();
});
