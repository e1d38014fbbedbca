import type { Residual } from '@ag/model';
import { conditionOn, conditionToResidual } from '../condition/to-residual.ts';
import type { Scene } from '../layers/scene.ts';
import { isFederated } from '../layers/principal-side.ts';
import { never } from '../residual/build.ts';

/**
 * Calls that need no permission and that no policy can deny: GetCallerIdentity (ST9), and GetSessionToken with long-term keys.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
 */
export function needsNoPermission({ actionName, subject, facts }: Scene): boolean {
  if (actionName === 'sts:getcalleridentity') return true;
  if (actionName !== 'sts:getsessiontoken' || facts.principal?.credentials !== undefined) return false;
  return subject.principal.kind === 'user' || subject.principal.kind === 'root';
}

/** Actions that a role's trust policy decides (ST1, ST3–ST5). */
export function isTrustAction(action: string): boolean {
  return /^sts:(assumerole(withsaml|withwebidentity)?|tagsession|setsourceidentity|setcontext)$/i.test(action);
}

/** Why temporary credentials cannot make the call at all, and when they still can. */
export interface CredentialLimit {
  readonly because: string;
  readonly unless: Residual;
}

/**
 * What credentials of GetFederationToken and GetSessionToken cannot call (ST10).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html
 */
export function credentialLimit(scene: Scene): CredentialLimit | undefined {
  const { service, action, facts, known } = scene;
  if (service !== 'iam' && service !== 'sts') return undefined;
  // ST8: what is asked when another service is given a role is no call of IAM.
  if (/^iam:passrole$/i.test(action)) return undefined;
  if (isFederated(scene))
    return { because: `GetFederationToken credentials cannot call ${service.toUpperCase()}`, unless: never };
  if (facts.principal?.credentials !== 'session-token') return undefined;
  if (service === 'sts') {
    // ST4, ST5: the others are permissions of AssumeRole.
    if (/^sts:(assumerole|tagsession|setsourceidentity|setcontext)$/i.test(action)) return undefined;
    return { because: 'GetSessionToken credentials can call AssumeRole alone of STS', unless: never };
  }
  return {
    because: 'GetSessionToken credentials cannot call IAM without MFA',
    unless: conditionToResidual(conditionOn('Bool', 'aws:MultiFactorAuthPresent', ['true']), '2012-10-17', known),
  };
}

/** What an identity provider's user can call: each provider has one call of its own (ST3). */
export function federationLimit({ subject, action }: Scene): CredentialLimit | undefined {
  const { kind } = subject.principal;
  if (kind !== 'webIdentity' && kind !== 'saml') return undefined;
  const other = kind === 'saml' ? /^sts:assumerole(withwebidentity)?$/i : /^sts:assumerole(withsaml)?$/i;
  if (!other.test(action)) return undefined;
  const call = kind === 'saml' ? 'AssumeRoleWithSAML' : 'AssumeRoleWithWebIdentity';
  return { because: `users of this provider call ${call}`, unless: never };
}

/** ST8: a role is passed only within its account. */
export function passRoleLimit({ action, sameAccount, subject }: Scene): CredentialLimit | undefined {
  if (!/^iam:passrole$/i.test(action) || sameAccount || subject.account === undefined) return undefined;
  return { because: 'a role of another account cannot be passed', unless: never };
}

/** ST11: a service-linked role is its service's alone. */
export function serviceLinkedLimit({ subject, service, arn }: Scene): CredentialLimit | undefined {
  if (service !== 'sts' || subject.principal.kind === 'service' || !isServiceLinkedRole(arn)) return undefined;
  return { because: 'only its service can assume a service-linked role', unless: never };
}

/** Whether an ARN is that of a service-linked role, which its path tells. */
export function isServiceLinkedRole(arn: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//.test(arn);
}

/** The root user cannot assume a role. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function rootLimit({ subject, actionName }: Scene): CredentialLimit | undefined {
  if (subject.principal.kind !== 'root' || actionName !== 'sts:assumerole') return undefined;
  return { because: 'the root user cannot assume a role', unless: never };
}
