import type { PolicyKind } from '@ag/model';
import type { PrincipalElement, Statement } from '../types.ts';
import type { Warn } from './check-variables.ts';

const withoutPrincipals: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['identity', 'boundary', 'session', 'scp']);

/** What is odd about whom a statement is about. */
export function checkPrincipals(statement: Statement, kind: PolicyKind, warn: Warn): void {
  const { principals, notPrincipals, effect } = statement;
  const name = notPrincipals ? 'NotPrincipal' : 'Principal';
  const element = principals ?? notPrincipals;
  // PR7
  if (withoutPrincipals.has(kind)) {
    if (element) warn(name, `means nothing in a policy of kind ${kind}`);
    return;
  }
  if (!element) {
    warn(name, 'missing, so that the statement is about nobody');
    return;
  }
  // PR9
  if (notPrincipals && effect === 'Allow') warn(name, 'is not supported with Allow');
  if (notPrincipals && kind === 'trust') warn(name, 'is not supported in trust policies');
  for (const problem of problemsOf(element)) warn(name, problem);
}

function problemsOf({ anyone, aws, service, federated, canonicalUser }: PrincipalElement): readonly string[] {
  const names = [...aws, ...service, ...federated, ...canonicalUser];
  if (!anyone && names.length === 0) return ['names nobody'];
  return [
    ...aws.flatMap((name) => awsProblem(name) ?? []),
    ...service.filter((name) => !serviceName.test(name)).map((name) => `\`${name}\` is no service principal`),
    ...federated.flatMap((name) => federatedProblem(name) ?? []),
    ...canonicalUser.filter((name) => !/^[0-9a-f]+$/.test(name)).map((name) => `\`${name}\` is no canonical user id`),
  ];
}

// PR11
const serviceName = /^[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|[a-z-]+)$/;

// An account may be a word: origin access identities are users of `cloudfront`.
const principalArn =
  /^arn:[^:]+:(iam::[^:]+:(root|(user|role)\/.+)|sts::[^:]+:(assumed-role\/[^/]+\/.+|federated-user\/.+))$/;

function awsProblem(name: string): string | undefined {
  if (/^\d{12}$/.test(name)) return undefined;
  // PR4
  if (/^A(IDA|ROA)[A-Z0-9]+$/.test(name)) return `\`${name}\` is the id of a user or role that is deleted`;
  if (!/^arn:[^:]+:(iam|sts)::/.test(name)) return `\`${name}\` is neither an account nor an ARN of IAM or STS`;
  // VA2
  if (name.includes('${')) return `\`${name}\` has a variable, which is none in a principal`;
  // PR3
  if (/[*?]/.test(name)) return `\`${name}\` has a wildcard, which is none in a principal`;
  // RQ4
  if (/^arn:[^:]+:iam::[^:]*:group\//.test(name)) return `\`${name}\` is a group, which is no principal`;
  return principalArn.test(name) ? undefined : `\`${name}\` names no account, user, role or session`;
}

function federatedProblem(name: string): string | undefined {
  if (name === '') return 'an empty name is no identity provider';
  const fits = name.startsWith('arn:')
    ? /^arn:[^:]+:iam::[^:]+:(saml|oidc)-provider\/./.test(name)
    : !/[:\s]/.test(name);
  return fits ? undefined : `\`${name}\` is no identity provider`;
}
