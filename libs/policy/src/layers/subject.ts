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
  const { uniqueId, canonicalUserId, roleArn: given, credentials } = facts.principal ?? {};
  const ids = uniqueId === undefined ? nobody : [uniqueId];
  switch (principal.kind) {
    case 'root':
    case 'user': {
      const { account, arn } = principal;
      const names = [arn, ...ids];
      // EV11: with credentials of GetFederationToken the user's own name is worth less.
      const [self, behind] = credentials === 'federation-token' ? [nobody, names] : [names, nobody];
      return { principal, account, self, behind, openSession: undefined, canonicalUserId };
    }
    case 'role': {
      const { account } = principal;
      const roleArn = given ?? principal.arn;
      // In a closed world it is a session that no policy names.
      const isOpen = knowledge.rest === 'unknown' || knowledge.sessionName === 'unknown';
      const openSession = isOpen ? sessionPrefix(roleArn) : undefined;
      return { principal, account, self: nobody, behind: [roleArn, ...ids], openSession, canonicalUserId };
    }
    case 'session': {
      const { account, arn } = principal;
      const roleArn = given ?? principal.roleArn;
      const isOpen = knowledge.sessionName === 'unknown';
      const openSession = isOpen ? sessionPrefix(roleArn) : undefined;
      const self = isOpen ? nobody : [arn];
      return { principal, account, self, behind: [roleArn, ...ids], openSession, canonicalUserId };
    }
    case 'federatedUser': {
      const { account, arn } = principal;
      // EV11: naming the user is worth less than naming its federated session.
      const user = arn.replace(':sts:', ':iam:').replace(':federated-user/', ':user/');
      return { principal, account, self: [arn], behind: [user, ...ids], openSession: undefined, canonicalUserId };
    }
    case 'webIdentity':
    case 'saml':
    case 'service':
    case 'anonymous':
      return { principal, account: undefined, self: nobody, behind: nobody, openSession: undefined, canonicalUserId };
  }
}

const nobody: readonly string[] = [];

// arn:aws:iam::1:role/path/name → arn:aws:sts::1:assumed-role/name/
function sessionPrefix(roleArn: string): string {
  return `${roleArn.replace(':iam:', ':sts:').replace(/:role\/(?:.*\/)?/, ':assumed-role/')}/`;
}

/** PR1: twelve digits and the root's ARN are the same account. */
export function isAccount(name: string, account: string | undefined): boolean {
  if (name === account) return true;
  return /^arn:[^:]+:iam::\d{12}:root$/.test(name) && accountOf(name) === account;
}
