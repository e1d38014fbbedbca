import { type Principal, type Residual, accountOf } from '@ag/model';
import { sessionNameKey } from '../condition/session-name.ts';
import { constant, never, test } from '../residual/build.ts';
import { escapePattern } from '../match/pattern.ts';
import type { Facts, Knowledge, PrincipalElement } from '../types.ts';

/** The caller as the layers see it: its names, and what applies to it. */
export interface Subject {
  readonly principal: Principal;
  readonly account: string | undefined;
  /** ARNs and unique ids that mean the caller itself. */
  readonly self: readonly string[];
  /** ARNs and unique ids that mean the role (or the user of a federated session) behind it. */
  readonly behind: readonly string[];
  /** `arn:aws:sts::<account>:assumed-role/<role>/`, where the session's name is open. */
  readonly openSession: string | undefined;
  readonly canonicalUserId: string | undefined;
}

/** In which way a principal element names the caller; what an allow is worth depends on it (EV7–EV14). */
export interface Naming {
  /** The user, the session, the service, or everyone: not limited by boundary and session policy. */
  readonly direct: Residual;
  /** The role, or the user behind a federated session: limited by both. */
  readonly role: Residual;
  /** The account: delegates to the account's own policies. */
  readonly account: Residual;
}

export function toSubject(principal: Principal, facts: Facts, knowledge: Knowledge): Subject {
  const uniqueId = facts.principal?.uniqueId;
  const ids = uniqueId === undefined ? [] : [uniqueId];
  const canonicalUserId = facts.principal?.canonicalUserId;
  const none = { account: undefined, self: [], behind: [], openSession: undefined, canonicalUserId };
  switch (principal.kind) {
    case 'root':
    case 'user':
      return { ...none, principal, account: principal.account, self: [principal.arn, ...ids] };
    case 'role': {
      const roleArn = facts.principal?.roleArn ?? principal.arn;
      return {
        ...none,
        principal,
        account: principal.account,
        behind: [roleArn, ...ids],
        openSession: sessionPrefix(roleArn),
      };
    }
    case 'session': {
      const roleArn = facts.principal?.roleArn ?? principal.roleArn;
      const open = knowledge.sessionName === 'unknown';
      return {
        ...none,
        principal,
        account: principal.account,
        self: open ? [] : [principal.arn],
        behind: [roleArn, ...ids],
        openSession: open ? sessionPrefix(roleArn) : undefined,
      };
    }
    case 'federatedUser':
      return {
        ...none,
        principal,
        account: principal.account,
        self: [principal.arn],
        // EV11: naming the user is worth less than naming its federated session.
        behind: [principal.arn.replace(':sts:', ':iam:').replace(':federated-user/', ':user/'), ...ids],
      };
    case 'webIdentity':
    case 'saml':
    case 'service':
    case 'anonymous':
      return { ...none, principal };
  }
}

// arn:aws:iam::1:role/path/name → arn:aws:sts::1:assumed-role/name/
function sessionPrefix(roleArn: string): string {
  return `${roleArn.replace(':iam:', ':sts:').replace(/:role\/(?:.*\/)?/, ':assumed-role/')}/`;
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

/** PR1: twelve digits and the root's ARN are the same account. */
export function isAccount(name: string, account: string | undefined): boolean {
  if (name === account) return true;
  return /^arn:[^:]+:iam::\d{12}:root$/.test(name) && accountOf(name) === account;
}

/**
 * Whether NotPrincipal exempts the caller (PR10): a user with its account, a session with its role and account.
 * A caller with a boundary is never exempt (EV16).
 */
export function isExempt(element: PrincipalElement, subject: Subject, bounded: boolean): Residual {
  if (element.anyone) return constant(true);
  if (bounded) return never;
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
