import type { Residual } from '@ag/model';
import type { Known } from '../condition/known.ts';
import { all, any, constant, test } from '../residual/build.ts';
import { escapePattern } from '../match/pattern.ts';
import type { KmsGrant } from '../types.ts';
import type { Subject } from '../layers/subject.ts';
import { isAccount } from '../layers/subject.ts';
import { conditionToResidual } from '../condition/to-residual.ts';

/** Actions that work on a key of another account (KM5). */
const crossAccount = new Set(
  [
    'Encrypt',
    'Decrypt',
    'ReEncryptFrom',
    'ReEncryptTo',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'GenerateMac',
    'VerifyMac',
    'Sign',
    'Verify',
    'DeriveSharedSecret',
    'CreateGrant',
    'DescribeKey',
    'GetKeyRotationStatus',
    'GetPublicKey',
    'ListGrants',
    'RetireGrant',
    'RevokeGrant',
  ].map((name) => `kms:${name.toLowerCase()}`),
);

export function worksAcrossAccounts(action: string): boolean {
  return crossAccount.has(action.toLowerCase());
}

/** What KMS grants allow (KM3), and who may retire one (KM4). https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export function grantAllows(action: string, grants: readonly KmsGrant[], subject: Subject, known: Known): Residual {
  const operation = action.replace(/^kms:/i, '').toLowerCase();
  return any(
    grants.map((grant) => {
      const grantee = isNamed(grant.granteePrincipal, subject);
      if (operation === 'retiregrant') {
        const retiring = grant.retiringPrincipal !== undefined && isNamed(grant.retiringPrincipal, subject);
        return constant(retiring || (grantee && grant.operations.includes('RetireGrant')));
      }
      const listed = grant.operations.some((name) => name.toLowerCase() === operation);
      return all([constant(grantee && listed), constraints(grant, known)]);
    }),
  );
}

function isNamed(name: string, subject: Subject): boolean {
  return (
    subject.self.includes(name) ||
    subject.behind.includes(name) ||
    (isAccount(name, subject.account) && subject.principal.kind === 'root') ||
    (subject.principal.kind === 'service' && subject.principal.name === name)
  );
}

// Both constraints ask for the pairs; `Equals` also that there are no others, which the keys alone cannot tell.
function constraints({ constraints: wanted = {} }: KmsGrant, known: Known): Residual {
  const pairs = { ...wanted.encryptionContextSubset, ...wanted.encryptionContextEquals };
  const each = Object.entries(pairs).map(([key, value]) =>
    conditionToResidual(
      {
        operator: 'StringEquals',
        negated: false,
        ifExists: false,
        key: `kms:EncryptionContext:${key}`,
        values: [escapePattern(value)],
        spelling: 'StringEquals',
      },
      '2012-10-17',
      known,
    ),
  );
  const exact = wanted.encryptionContextEquals;
  if (!exact) return all(each);
  const keysState = known.of('kms:EncryptionContextKeys');
  const only: Residual =
    keysState.is === 'known'
      ? constant([keysState.value].flat().every((key) => key in exact))
      : keysState.is === 'absent'
        ? constant(true)
        : test({
            key: 'kms:EncryptionContextKeys',
            operator: 'StringEquals',
            set: 'ForAllValues',
            values: Object.keys(exact).map(escapePattern),
          });
  return all([...each, only]);
}
