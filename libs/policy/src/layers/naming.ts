import type { Residual } from '@ag/model';
import { sessionNameKey } from '../condition/session-name.ts';
import { escapePattern } from '../match/pattern.ts';
import { constant, never, not, test } from '../residual/build.ts';
import type { PrincipalElement, Statement } from '../types.ts';
import { type Subject, isAccount } from './subject.ts';

/** In which way a principal element names the caller; what an allow is worth depends on it (EV7–EV14). */
export interface Naming {
  /** The user, the session, the service, or everyone: not limited by boundary and session policy. */
  readonly direct: Residual;
  /** The role, or the user behind a federated session: limited by both. */
  readonly role: Residual;
  /** The account: delegates to the account's own policies. */
  readonly account: Residual;
}

/** Names nobody. */
export const nobody: Naming = { direct: never, role: never, account: never };

/** Who is asked about, and whether a boundary limits it. */
export interface Named {
  readonly subject: Subject;
  readonly bounded: boolean;
}

/**
 * How a statement names the caller. In a gateway endpoint's policy (VP2) an account is its root user alone, and others are named
 * by aws:PrincipalArn only.
 */
export function nameStatement(statement: Statement, { subject, bounded }: Named, gateway: boolean): Naming {
  const { account, principal } = subject;
  const isUnnamed = gateway && account !== undefined && principal.kind !== 'root';
  const read = (element: PrincipalElement) => (isUnnamed ? onlyAnyone(element) : element);
  const { principals, notPrincipals, effect } = statement;
  if (principals) return naming(read(principals), subject);
  // PR9: NotPrincipal is for Deny only.
  if (!notPrincipals || effect === 'Allow') return nobody;
  return { ...nobody, direct: not(isExempt(read(notPrincipals), subject, bounded)) };
}

function onlyAnyone({ anyone }: PrincipalElement): PrincipalElement {
  return { anyone, aws: [], service: [], federated: [], canonicalUser: [] };
}

/** How an element names the caller (PR1–PR6). */
export function naming(element: PrincipalElement, subject: Subject): Naming {
  const { principal } = subject;
  const named = (names: readonly string[]) => element.aws.some((name) => names.includes(name));
  const account = subject.account !== undefined && element.aws.some((name) => isAccount(name, subject.account));
  const canonical = subject.canonicalUserId !== undefined && element.canonicalUser.includes(subject.canonicalUserId);
  return {
    direct: namesDirectly() ? constant(true) : openSession(element, subject),
    role: constant(named(subject.behind)),
    account: constant(account || canonical),
  };

  function namesDirectly(): boolean {
    if (element.anyone) return true;
    switch (principal.kind) {
      case 'service':
        return element.service.includes(principal.name);
      case 'webIdentity':
      case 'saml':
        return element.federated.includes(principal.provider);
      case 'anonymous':
        return false;
      case 'root':
        // The account's ARN is the root user's own name.
        return account || named(subject.self);
      case 'user':
      case 'role':
      case 'session':
      case 'federatedUser':
        return named(subject.self);
    }
  }
}

// A session's ARN is known but for the session's name.
function openSession(element: PrincipalElement, { openSession: prefix }: Subject): Residual {
  if (prefix === undefined) return never;
  const names = element.aws
    .filter((name) => name.startsWith(prefix))
    .map((name) => escapePattern(name.slice(prefix.length)));
  return names.length === 0 ? never : test({ key: sessionNameKey, operator: 'StringEquals', values: names });
}

/**
 * Whether NotPrincipal exempts the caller (PR10): a user with its account, a session with its role and account.
 * A caller with a boundary is never exempt (EV16).
 */
function isExempt(element: PrincipalElement, subject: Subject, bounded: boolean): Residual {
  if (bounded) return never;
  if (element.anyone) return constant(true);
  const { principal } = subject;
  const account = element.aws.some((name) => isAccount(name, subject.account));
  const named = (names: readonly string[]) => element.aws.some((name) => names.includes(name));
  switch (principal.kind) {
    case 'root':
      return constant(account);
    case 'user':
      return constant(account && named(subject.self));
    case 'role':
    case 'session':
    case 'federatedUser':
      if (!account || !named(subject.behind)) return never;
      return named(subject.self) ? constant(true) : openSession(element, subject);
    case 'service':
      return constant(element.service.includes(principal.name));
    case 'webIdentity':
    case 'saml':
      return constant(element.federated.includes(principal.provider));
    case 'anonymous':
      return never;
  }
}
