import { type Principal, accountOf } from '@ag/model';
import type { Facts, Knowledge } from '../types.ts';

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

/** Reads a principal into its names. */
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

/** PR1: twelve digits and the root's ARN are the same account. */
export function isAccount(name: string, account: string | undefined): boolean {
  if (name === account) return true;
  return /^arn:[^:]+:iam::\d{12}:root$/.test(name) && accountOf(name) === account;
}
