import { type Residual, findArn } from '@ag/model';
import { conditionToResidual } from '../condition/to-residual.ts';
import { type LayerView, emptyResult, toView } from '../layers/layer-view.ts';
import type { Known } from '../condition/known.ts';
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

// The operations that carry an encryption context; constraints leave the others alone.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
const withContext =
  /^kms:(encrypt|decrypt|reencryptfrom|reencryptto|generatedatakey(withoutplaintext|pair|pairwithoutplaintext)?)$/;

// Both constraints ask for their pairs; `Equals` also that there are no others.
function constraints({ constraints: wanted = {} }: KmsGrant, { known, actionName }: Scene): Residual {
  if (!withContext.test(actionName)) return always;
  const { encryptionContextSubset: subset = {}, encryptionContextEquals: exact } = wanted;
  const equals = { operator: 'StringEquals', negated: false, ifExists: false, spelling: 'StringEquals' };
  const each = [...Object.entries(subset), ...Object.entries(exact ?? {})].map(([name, value]) =>
    conditionToResidual(
      { ...equals, key: `${contextKey}${name}`, values: [escapePattern(value)] },
      '2012-10-17',
      known,
    ),
  );
  return exact ? all([...each, noOther(exact, known)]) : all(each);
}

const contextKey = 'kms:EncryptionContext:';

// Names of pairs are compared without case, their values with it.
function noOther(exact: Readonly<Record<string, string>>, known: Known): Residual {
  const names = new Set(Object.keys(exact).map((name) => name.toLowerCase()));
  const key = 'kms:EncryptionContextKeys';
  const state = known.of(key);
  switch (state.is) {
    case 'absent':
      // Without the list of names, the pairs themselves tell.
      return constant(known.namesUnder(contextKey).every((name) => names.has(name)));
    case 'known':
      return constant([state.value].flat().every((name) => names.has(name.toLowerCase())));
    case 'oneOf':
    case 'prefixed':
    case 'present':
    case 'unknown':
      return test({
        key,
        operator: 'StringEqualsIgnoreCase',
        set: 'ForAllValues',
        values: Object.keys(exact).map(escapePattern),
      });
  }
}
