import { type Residual, findArn } from '@ag/model';
import { conditionToResidual } from '../condition/to-residual.ts';
import { type LayerView, emptyResult, toView } from '../layers/layer-view.ts';
import type { Scene } from '../layers/scene.ts';
import { type Subject, isAccount } from '../layers/subject.ts';
import { escapePattern } from '../match/pattern.ts';
import { all, always, any, constant, never, test } from '../residual/build.ts';
import type { KmsGrant } from '../types.ts';

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

/** Whether a key policy must itself allow (EV5, KM1): for keys, not for aliases (KM6). */
export function decidesItself({ service, arn }: Scene): boolean {
  return service === 'kms' && (findArn(arn)?.resource.startsWith('key/') ?? false);
}

/** The key's grants as a layer that only allows; `undefined` where none does. */
export function grantView(scene: Scene): LayerView | undefined {
  if (!decidesItself(scene)) return undefined;
  const unread = scene.readings('grant');
  if (unread === 'best' && isGrantOperation(scene.action)) return { ...toView(scene, 'grant'), allow: always };
  const allow = grantAllows(scene, scene.facts.kms?.grants ?? []);
  if (allow.is === 'false' && unread === undefined) return undefined;
  const because = 'a grant of the key names the caller and the operation';
  return { layer: 'grant', result: emptyResult, allow, deny: never, blocks: never, because };
}

// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations
function isGrantOperation(action: string): boolean {
  return worksAcrossAccounts(action) && !/^kms:(listgrants|revokegrant|getkeyrotationstatus)$/i.test(action);
}

/** What KMS grants allow (KM3), and whom they let retire them (KM4). https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export function grantAllows(scene: Scene, grants: readonly KmsGrant[]): Residual {
  const { subject, action } = scene;
  const operation = action.replace(/^kms:/i, '').toLowerCase();
  return any(
    grants.map((grant) => {
      const grantee = isNamed(grant.granteePrincipal, subject);
      if (operation === 'retiregrant') {
        const retiring = grant.retiringPrincipal !== undefined && isNamed(grant.retiringPrincipal, subject);
        return constant(retiring || (grantee && grant.operations.includes('RetireGrant')));
      }
      const listed = grant.operations.some((name) => name.toLowerCase() === operation);
      return grantee && listed ? constraints(grant, scene) : never;
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
function constraints({ constraints: wanted = {} }: KmsGrant, { known }: Scene): Residual {
  const equals = { operator: 'StringEquals', negated: false, ifExists: false, spelling: 'StringEquals' };
  const pairs = { ...wanted.encryptionContextSubset, ...wanted.encryptionContextEquals };
  const each = Object.entries(pairs).map(([key, value]) =>
    conditionToResidual(
      { ...equals, key: `kms:EncryptionContext:${key}`, values: [escapePattern(value)] },
      '2012-10-17',
      known,
    ),
  );
  return wanted.encryptionContextEquals ? all([...each, noOther(wanted.encryptionContextEquals, known)]) : all(each);
}

function noOther(exact: Readonly<Record<string, string>>, known: Scene['known']): Residual {
  const key = 'kms:EncryptionContextKeys';
  const state = known.of(key);
  switch (state.is) {
    case 'absent':
      return always;
    case 'known':
      return constant([state.value].flat().every((name) => Object.hasOwn(exact, name)));
    case 'prefixed':
    case 'present':
    case 'unknown':
      return test({
        key,
        operator: 'StringEquals',
        set: 'ForAllValues',
        values: Object.keys(exact).map(escapePattern),
      });
  }
}
