import type { Principal } from '@ag/model';
import { scpExemption } from '../layers/gates.ts';
import { nameStatement } from '../layers/naming.ts';
import { type Prepared, prepare } from '../layers/prepare.ts';
import { isFederated } from '../layers/principal-side.ts';
import { toSubject } from '../layers/subject.ts';
import type { Facts, Level, Policy, PolicySet } from '../types.ts';
import { type AnyApplies, indexStatements } from './statement-index.ts';

/** The layers of one caller, each asked in one call. */
export interface CompiledLayers {
  /** With the resource's RCPs first, and without them. */
  readonly denies: readonly AnyApplies[];
  readonly deniesWithoutRcp: readonly AnyApplies[];
  /** All of them must allow (EV3, VP1). */
  readonly gates: readonly AnyApplies[];
  readonly gatesWithoutRcp: readonly AnyApplies[];
  /** What lets the caller in, where the resource is of its own account, and of another one. */
  readonly within: AnyApplies;
  readonly across: AnyApplies;
}

/** `undefined` where more than policies decides, which is the reference's to know. */
export function compileLayers(principal: Principal, policies: PolicySet, facts: Facts): CompiledLayers | undefined {
  const subject = toSubject(principal, facts, { context: {}, rest: 'absent' });
  if (policies.unread || isFederated({ subject, facts })) return undefined;
  const { identity, boundary, session, scp, rcp, endpoint, resource } = policies;
  const hasOwn = subject.account !== undefined;
  const hasScp = scpExemption({ subject, facts }) === undefined;
  const named = { subject, bounded: boundary !== undefined };

  const plain = (list: readonly Policy[] = []): readonly Prepared[] =>
    list.flatMap((policy) => prepare(policy).statements).filter(({ isMisplaced }) => !isMisplaced);
  const naming = (list: readonly Policy[] = [], gateway = false): readonly Named[] =>
    list.flatMap((policy) =>
      prepare(policy).statements.map((of) => {
        const { direct, role, account } = nameStatement(of.statement, named, gateway);
        return { of, direct: direct.is === 'true', role: role.is === 'true', account: account.is === 'true' };
      }),
    );
  const those = (list: readonly Named[]) =>
    list.filter(({ direct, role, account }) => direct || role || account).map(({ of }) => of);

  const own = hasOwn ? plain(identity) : [];
  const limits = hasOwn ? [boundary, session].flatMap((list) => (list ? [plain(list)] : [])) : [];
  const scps = levels(hasScp ? scp : undefined, plain);
  const rcps = levels(rcp, (list) => those(naming(list)));
  const endpoints = endpoint ? [those(naming(endpoint, facts.vpcEndpoint?.type === 'Gateway'))] : [];
  const ofResource = naming(resource && [resource]);
  const by = (form: 'direct' | 'role' | 'account') =>
    allowing(ofResource.filter((one) => one[form]).map(({ of }) => of));

  const identityAllows: AnyApplies = principal.kind === 'root' ? () => true : allowing(own);
  const limitsAllow = all(limits.map(allowing));
  const anyForm = any([by('direct'), by('role'), by('account')]);
  const denies = [own, ...limits, ...scps, ...endpoints, those(ofResource)].map(denying);
  const gates = [...scps, ...endpoints].map(allowing);
  return {
    denies: [...rcps.map(denying), ...denies],
    deniesWithoutRcp: denies,
    gates: [...rcps.map(allowing), ...gates],
    gatesWithoutRcp: gates,
    within: any([by('direct'), all([any([identityAllows, by('role')]), limitsAllow])]),
    across: hasOwn ? all([identityAllows, limitsAllow, anyForm]) : anyForm,
  };
}

interface Named {
  readonly of: Prepared;
  readonly direct: boolean;
  readonly role: boolean;
  readonly account: boolean;
}

function levels(
  list: readonly Level[] | undefined,
  toStatements: (policies: readonly Policy[]) => readonly Prepared[],
): readonly (readonly Prepared[])[] {
  return (list ?? []).map(({ policies }) => toStatements(policies));
}

function allowing(statements: readonly Prepared[]): AnyApplies {
  return indexStatements(statements.filter(({ statement }) => statement.effect === 'Allow'));
}

function denying(statements: readonly Prepared[]): AnyApplies {
  return indexStatements(statements.filter(({ statement }) => statement.effect === 'Deny'));
}

function all(parts: readonly AnyApplies[]): AnyApplies {
  return (asked) => {
    let isOpen = false;
    for (const part of parts) {
      const applies = part(asked);
      if (applies === false) return false;
      isOpen ||= applies === undefined;
    }
    return isOpen ? undefined : true;
  };
}

function any(parts: readonly AnyApplies[]): AnyApplies {
  return (asked) => {
    let isOpen = false;
    for (const part of parts) {
      const applies = part(asked);
      if (applies === true) return true;
      isOpen ||= applies === undefined;
    }
    return isOpen ? undefined : false;
  };
}
