import { compareText } from '@ag/model';
import { matchesArnPattern } from '@ag/policy';
import type { Hop, WhatCanAction, WhatCanAnswer, WhatCanQuestion, WhatCanRow } from './answers.ts';
import type { CatalogueAction } from './catalogue.ts';
import { combine } from './combine.ts';
import type { Engine } from './engine.ts';
import { getSubject, type Subject } from './find-principal.ts';
import { didYouMean } from './nearest.ts';
import { decisionsOf } from './paths.ts';
import type { PrincipalRecord } from './principals.ts';
import { gapsOfWhatCan } from './relevant-gaps.ts';
import { exitCode, UserError } from '@ag/model';
import { patternTargets, resourceTargets } from './what-targets.ts';
import type { Target } from './target.ts';
import { decideFor } from './to-question.ts';
import { waysFrom } from './ways.ts';

interface Holder {
  readonly record: PrincipalRecord;
  readonly path: readonly Hop[];
}

/** Everything that a principal can do; for a person, everything that every role they reach can do. */
export function whatCan(engine: Engine, question: WhatCanQuestion): WhatCanAnswer {
  const subject = getSubject(engine.inventory, question.principal);
  const wanted = wantedActions(engine, question.action);
  const rows = holdersOf(engine, subject).flatMap((holder) => rowsOf(engine, holder, question, wanted));
  return {
    principal: subject.ref,
    rows: rows.sort(
      (a, b) =>
        compareText(a.as.id, b.as.id) || compareText(a.resource, b.resource) || compareText(a.service, b.service),
    ),
    asOf: engine.inventory.data.run,
    gaps: gapsOfWhatCan(engine.inventory, subject),
  };
}

/** The actions that a pattern names; every action without one. */
function wantedActions(engine: Engine, pattern: string | undefined): ReadonlySet<CatalogueAction> {
  const { catalogue } = engine.inventory;
  if (pattern === undefined || pattern === '*') return new Set(catalogue.actions);
  const actions = catalogue.expand(pattern);
  if (actions.length > 0) return new Set(actions);
  throw new UserError(`no action matches \`${pattern}\`${didYouMean(catalogue.suggest(pattern))}`, exitCode.usage);
}

function holdersOf(engine: Engine, subject: Subject): readonly Holder[] {
  if (subject.kind === 'principal') return [{ record: subject.record, path: [] }];
  return waysFrom(engine.inventory, engine.steps, subject.ref.id).map(({ as, path }) => ({ record: as, path }));
}

function rowsOf(
  engine: Engine,
  holder: Holder,
  question: WhatCanQuestion,
  wanted: ReadonlySet<CatalogueAction>,
): readonly WhatCanRow[] {
  if (holder.record.missingSince !== undefined) return [];
  const rows = new Map<string, { resource: string; service: string; actions: WhatCanAction[] }>();
  const targets = [...resourceTargets(engine, wanted), ...patternTargets(engine, holder.record, wanted)];
  for (const { row, target } of targets) {
    if (question.resource !== undefined && !matchesArnPattern(question.resource, row)) continue;
    const action = decideAction(engine, holder, target, question);
    if (!action) continue;
    const service = row === '*' ? target.action.service : (row.split(':')[2] ?? '');
    const key = `${row} ${service}`;
    const held = rows.get(key) ?? { resource: row, service, actions: [] };
    held.actions.push(action);
    rows.set(key, held);
  }
  return [...rows.values()].map((row) => ({ ...row, as: holder.record.ref, path: holder.path }));
}

function decideAction(
  engine: Engine,
  { record, path }: Holder,
  target: Target,
  { context }: WhatCanQuestion,
): WhatCanAction | undefined {
  if (!engine.filter.mayAllow(record, target)) return undefined;
  const decision = combine(decisionsOf(path), decideFor(engine.inventory, record, target, context));
  const known = { action: target.action.name, level: target.action.level };
  switch (decision.outcome) {
    case 'allowed':
      return { ...known, outcome: 'allowed' };
    case 'conditional':
      return { ...known, outcome: 'conditional', when: decision.text };
    case 'unknown':
      return { ...known, outcome: 'unknown', when: decision.because.map(({ reason }) => reason).join('; ') };
    case 'explicitlyDenied':
    case 'implicitlyDenied':
      return undefined;
  }
}
