import type { Layer, Outcome, Residual } from '@ag/model';
import { describeResidual } from '../residual/describe.ts';
import { type ResidualId, ResidualTable, alwaysId, neverId } from '../residual/residual-table.ts';
import { type Answer, satisfiable } from '../residual/satisfiable.ts';
import { simplify } from '../residual/simplify.ts';
import type { Forms, PrincipalVerdict, ResourceVerdict } from './sides.ts';

/** The same with residuals by number. */
type Numbered<Verdict> = {
  readonly [Name in keyof Verdict]: Verdict[Name] extends Residual
    ? ResidualId
    : Verdict[Name] extends Forms | undefined
      ? FormIds | Exclude<Verdict[Name], Forms>
      : Verdict[Name];
};

export interface FormIds {
  readonly direct: ResidualId;
  readonly role: ResidualId;
  readonly account: ResidualId;
  readonly within: boolean;
}

export type PrincipalIds = Numbered<PrincipalVerdict>;
export interface ResourceIds extends Omit<Numbered<ResourceVerdict>, 'retire'> {
  readonly retire?: { readonly named: ResidualId; readonly isDelegable: boolean };
}

/** A side as it is taken with everything unread at its best, and with one unread layer at its worst. */
export interface Reading<Ids> {
  readonly best: Ids;
  readonly worst: readonly { readonly layer: Layer; readonly ids: Ids }[];
}

/** What the two sides come to together. */
export interface Joined {
  /** In which contexts the request is allowed, denies taken away. */
  readonly allowed: ResidualId;
  readonly denied: ResidualId;
  readonly doubt: ResidualId;
}

/**
 * Joins a caller's side and a resource's side to the outcome that `decide` gives, by the same formula and the same search
 * for contexts; what was joined or searched before is looked up.
 */
export class OutcomeTable {
  readonly residuals = new ResidualTable();
  private readonly answers = new Map<string, Answer>();
  private readonly conditions = new Map<string, { readonly when: Residual; readonly text: string }>();

  /** Numbers the residuals of a caller's side. */
  numberPrincipal(verdict: PrincipalVerdict): PrincipalIds {
    const id = (residual: Residual) => this.residuals.idOf(residual);
    const { identity, limits, gate, deny, doubt } = verdict;
    return { identity: id(identity), limits: id(limits), gate: id(gate), deny: id(deny), doubt: id(doubt) };
  }

  /** Numbers the residuals of a resource's side. */
  numberResource(verdict: ResourceVerdict): ResourceIds {
    const id = (residual: Residual) => this.residuals.idOf(residual);
    const forms = ({ direct, role, account, within }: Forms): FormIds => ({
      direct: id(direct),
      role: id(role),
      account: id(account),
      within,
    });
    const { own, behind, retire, gate, deny, doubt, ...rest } = verdict;
    return {
      ...rest,
      own: forms(own),
      ...(behind && { behind: forms(behind) }),
      ...(retire && { retire: { named: id(retire.named), isDelegable: retire.isDelegable } }),
      gate: id(gate),
      deny: id(deny),
      doubt: id(doubt),
    };
  }

  /** What both sides allow and deny (EV4–EV15), as `combine` and `evaluate` have it. */
  join(principal: PrincipalIds, resource: ResourceIds): Joined {
    if (resource.isFree) return { allowed: alwaysId, denied: neverId, doubt: neverId };
    const table = this.residuals;
    const denied = table.or(principal.deny, resource.deny);
    const doubt = table.or(principal.doubt, resource.doubt);
    if (denied === alwaysId) return { allowed: neverId, denied, doubt };
    const open = table.or(this.access(principal, resource), this.beyond(principal, resource));
    const gated = table.and(table.and(open, principal.gate), resource.gate);
    return { allowed: table.and(gated, table.not(denied)), denied, doubt };
  }

  /** The outcome; `assumed` holds in every context. */
  outcomeOf(principal: Reading<PrincipalIds>, resource: Reading<ResourceIds>, assumed: ResidualId): Outcome {
    const { allowed, denied, doubt } = this.join(principal.best, resource.best);
    if (this.can(allowed, assumed) === 'no') {
      return this.can(this.residuals.not(denied), assumed) === 'no' ? 'explicitlyDenied' : 'implicitlyDenied';
    }
    if (this.isOpen(principal, resource, allowed, assumed)) return 'unknown';
    if (doubt !== neverId && this.can(this.residuals.and(allowed, doubt), assumed) !== 'no') return 'unknown';
    return this.can(this.residuals.not(allowed), assumed) === 'no' ? 'allowed' : 'conditional';
  }

  /** On what an allowed request depends, as `decide` says it; `there` are keys that every such request has. */
  conditionOf(
    allowed: ResidualId,
    assumed: ResidualId,
    there: readonly string[],
  ): { readonly when: Residual; readonly text: string } {
    const key = `${allowed} ${assumed}`;
    const known = this.conditions.get(key);
    if (known) return known;
    const when = simplify(this.residuals.get(allowed), this.residuals.get(assumed));
    const condition = { when, text: describeResidual(when, there) };
    this.conditions.set(key, condition);
    return condition;
  }

  /** Whether something unread would change the outcome: its layer, taken at its worst, takes something away. */
  private isOpen(
    principal: Reading<PrincipalIds>,
    resource: Reading<ResourceIds>,
    allowed: ResidualId,
    assumed: ResidualId,
  ): boolean {
    const takesAway = (worst: Joined) =>
      this.can(this.residuals.and(allowed, this.residuals.not(worst.allowed)), assumed) !== 'no';
    for (const { layer, ids } of principal.worst) {
      const other = resource.worst.find((one) => one.layer === layer);
      if (takesAway(this.join(ids, other?.ids ?? resource.best))) return true;
    }
    for (const { layer, ids } of resource.worst) {
      if (principal.worst.some((one) => one.layer === layer)) continue;
      if (takesAway(this.join(principal.best, ids))) return true;
    }
    return false;
  }

  private access(principal: PrincipalIds, { own, behind, retire, ...rest }: ResourceIds): ResidualId {
    const table = this.residuals;
    if (retire) {
      const delegated = retire.isDelegable ? table.and(principal.identity, principal.limits) : neverId;
      return table.or(retire.named, delegated);
    }
    if (!behind) return this.combine(principal, own, rest);
    const ordinary = { ...rest, mustAllow: false, worksAcross: true };
    return table.and(this.combine(principal, own, ordinary), this.combine(principal, behind, ordinary));
  }

  private combine(
    { identity, limits }: PrincipalIds,
    { direct, role, account, within }: FormIds,
    { hasIdentity, mustAllow, worksAcross }: Pick<ResourceIds, 'hasIdentity' | 'mustAllow' | 'worksAcross'>,
  ): ResidualId {
    const table = this.residuals;
    const anyForm = () => table.or(table.or(direct, role), account);
    if (!hasIdentity) return anyForm();
    if (within) {
      const own = mustAllow ? table.and(account, identity) : identity;
      return table.or(direct, table.and(table.or(own, role), limits));
    }
    return worksAcross ? table.and(table.and(identity, limits), anyForm()) : neverId;
  }

  private beyond({ identity, limits }: PrincipalIds, { beyond }: ResourceIds): ResidualId {
    switch (beyond) {
      case 'everything':
        return alwaysId;
      case 'resource':
        return this.residuals.and(identity, limits);
      case 'nothing':
        return neverId;
    }
  }

  private can(residual: ResidualId, assumed: ResidualId): Answer {
    if (residual <= alwaysId) return residual === alwaysId ? 'yes' : 'no';
    const key = `${residual} ${assumed}`;
    const known = this.answers.get(key);
    if (known) return known;
    const answer = satisfiable(this.residuals.get(residual), this.residuals.get(assumed));
    this.answers.set(key, answer);
    return answer;
  }
}
