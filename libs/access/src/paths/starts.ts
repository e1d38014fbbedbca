import type { PrincipalRef } from '../answers.ts';
import type { Engine } from '../engine.ts';
import { borderOf, isOutside } from '../external/border.ts';
import { outsidersOf } from '../external/outsiders.ts';
import type { Subject } from '../find-principal.ts';
import type { PrincipalRecord } from '../principals.ts';
import type { Target } from '../target.ts';

/** Where a path may begin. */
export interface PathStart extends PrincipalRef {
  readonly record?: PrincipalRecord;
}

export function startOf(subject: Subject): PathStart {
  return { ...subject.ref, ...(subject.kind === 'principal' && { record: subject.record }) };
}

/** Everyone outside who can become a role, or whom the resource itself lets in. */
export function outsideStarts({ inventory, assumptions }: Engine, target: Target | undefined): readonly PathStart[] {
  const border = borderOf(inventory);
  const assuming = assumptions.map(({ from }) => from).filter((from) => isOutside(border, from));
  const direct = target?.record ? outsidersOf(inventory, border, target.record) : [];
  const records = [...assuming, ...direct.filter(({ kind }) => kind !== 'service').map(({ record }) => record)];
  return [...new Map(records.map((record) => [record.ref.id, { ...record.ref, record }])).values()];
}
