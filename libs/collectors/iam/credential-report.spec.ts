import { expect, test } from 'vitest';
import { parseCredentialReport } from './credential-report.ts';

const header =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,' +
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';
const never = 'N/A,N/A,N/A,N/A';
const root =
  '<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,2024-05-01T10:00:00+00:00,not_supported,not_supported,true,' +
  `false,${never},false,${never},false,N/A,false,N/A`;
const ana =
  'ana,arn:aws:iam::111122223333:user/ana,2021-01-01T00:00:00+00:00,true,no_information,2021-02-01T00:00:00+00:00,N/A,false,' +
  'true,2021-03-01T00:00:00+00:00,2024-06-01T00:00:00+00:00,eu-west-1,s3,' +
  'false,2020-03-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A';

test('a row tells of password, devices and keys', () => {
  const report = parseCredentialReport([header, root, ana, ''].join('\n'), new Date('2024-07-01T00:00:00Z'));

  expect(report).toEqual({
    madeAt: '2024-07-01T00:00:00.000Z',
    rows: new Map([
      [
        'arn:aws:iam::111122223333:root',
        {
          arn: 'arn:aws:iam::111122223333:root',
          user: '<root_account>',
          createdAt: '2020-01-01T00:00:00.000Z',
          hasPassword: undefined,
          passwordLastUsedAt: '2024-05-01T10:00:00.000Z',
          passwordChangedAt: undefined,
          hasMfa: true,
          keys: [],
        },
      ],
      [
        'arn:aws:iam::111122223333:user/ana',
        {
          arn: 'arn:aws:iam::111122223333:user/ana',
          user: 'ana',
          createdAt: '2021-01-01T00:00:00.000Z',
          hasPassword: true,
          passwordLastUsedAt: undefined,
          passwordChangedAt: '2021-02-01T00:00:00.000Z',
          hasMfa: false,
          keys: [
            {
              active: true,
              createdAt: '2021-03-01T00:00:00.000Z',
              lastUsedAt: '2024-06-01T00:00:00.000Z',
              lastUsedRegion: 'eu-west-1',
              lastUsedService: 's3',
            },
            // An inactive key is still a key.
            {
              active: false,
              createdAt: '2020-03-01T00:00:00.000Z',
              lastUsedAt: undefined,
              lastUsedRegion: undefined,
              lastUsedService: undefined,
            },
          ],
        },
      ],
    ]),
  });
});

test('a user name may hold a comma', () => {
  const row = ana.replace('ana,arn:aws:iam::111122223333:user/ana', '"a,b","arn:aws:iam::111122223333:user/a,b"');

  const report = parseCredentialReport(`${header}\r\n${row}\r\n`, undefined);

  expect(report.rows.get('arn:aws:iam::111122223333:user/a,b')?.user).toBe('a,b');
});

test('another document is not a report', () => {
  expect(() => parseCredentialReport('<html></html>', undefined)).toThrow('the credential report has no column `user`');
  expect(() => parseCredentialReport('', undefined)).toThrow('has no column');
});
