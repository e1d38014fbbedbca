import { expect, test } from 'vitest';
import { safeMessage } from './safe-message.ts';

test.each([
  ['the key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY is wrong', 'the key … is wrong'],
  [
    'GET /?X-Amz-Security-Token=FwoGZXIvYXdzEBYaDH&X-Amz-Date=20261124',
    'GET /?X-Amz-Security-Token=…&X-Amz-Date=20261124',
  ],
  ['bad input {"MasterUserPassword": "hunter2", "Name": "db"}', 'bad input {"MasterUserPassword": "…", "Name": "db"}'],
  ["Parameter 'SecretString=s3cr3t' is too long", "Parameter 'SecretString=…' is too long"],
  ['cannot reach https://user:pass@proxy.example:3128/', 'cannot reach https://…@proxy.example:3128/'],
  ['PreSharedKey: abc.def_1 is not valid', 'PreSharedKey: … is not valid'],
  ['aws_secret_access_key = abcdef', 'aws_secret_access_key = …'],
])('a message keeps no secret: %s (I14)', (message, safe) => {
  expect(safeMessage(new Error(message))).toBe(safe);
});

test.each([
  'The security token included in the request is expired',
  'User: arn:aws:sts::111122223333:assumed-role/AccessGraphReader/run is not authorized to perform: kms:ListKeys',
  'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef',
  'no policy allows secretsmanager:GetSecretValue on arn:aws:secretsmanager:eu-west-1:111122223333:secret:db',
  'request id 5f0f6d3e-7a4c-4a4e-9f3c-0a1b2c3d4e5f',
])('a message without a secret stays as it is: %s', (message) => {
  expect(safeMessage(new Error(message))).toBe(message);
});
