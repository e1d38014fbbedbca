import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { decide, evaluateResidual, goldRowToQuestion, type GoldRow, keysOf } from './index.ts';
import type { Context } from './types.ts';

const folder = path.join(import.meta.dirname, '../cases/gold');

interface Expected {
  readonly allow?: boolean;
  readonly decision?: string;
  readonly compare?: 'allow';
  readonly verdict?: string;
  readonly neverKind?: string;
  readonly residualMentions?: readonly string[];
  readonly residualExcludes?: readonly string[];
  readonly witnesses?: { readonly allow: readonly Context[]; readonly deny: readonly Context[] };
}
type Row = GoldRow & {
  readonly mode: string;
  readonly gate: boolean;
  readonly source: { readonly name: string };
  readonly expected: Expected;
};

// The schema of the rows is their own file's business; here they are taken as it says.
function parseRow(line: string): Row {
  const row: Row = JSON.parse(line);
  return row;
}

function rows(file: string): readonly Row[] {
  return readFileSync(path.join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(parseRow);
}

const concreteNames = {
  allowed: 'Allowed',
  explicitlyDenied: 'ExplicitlyDenied',
  implicitlyDenied: 'ImplicitlyDenied',
  conditional: 'conditional',
  unknown: 'unknown',
};

function judge(row: Row): unknown {
  const decision = decide(goldRowToQuestion(row));
  const { expected } = row;
  if (row.mode === 'concrete') {
    const name = concreteNames[decision.outcome];
    return expected.compare === 'allow' ? { allow: name === 'Allowed' } : { decision: name };
  }
  const verdict =
    decision.outcome === 'allowed' ? 'ALWAYS' : decision.outcome === 'conditional' ? 'CONDITIONAL' : 'NEVER';
  const neverKind =
    decision.outcome === 'explicitlyDenied'
      ? 'explicit'
      : decision.outcome === 'implicitlyDenied'
        ? decision.mayBeDeniedBy.length > 0
          ? 'mixed'
          : 'implicit'
        : undefined;
  const when = decision.outcome === 'conditional' ? decision.when : undefined;
  const named = when ? keysOf(when).map((key) => key.toLowerCase()) : [];
  return {
    verdict,
    neverKind: expected.neverKind === undefined ? undefined : neverKind,
    unmentioned: (expected.residualMentions ?? []).filter((key) => !named.includes(key.toLowerCase())),
    excess: (expected.residualExcludes ?? []).filter((key) => named.includes(key.toLowerCase())),
    wrong: when
      ? [
          ...(expected.witnesses?.allow ?? []).filter(
            (context) => !evaluateResidual(when, { ...row.context, ...context }),
          ),
          ...(expected.witnesses?.deny ?? []).filter((context) =>
            evaluateResidual(when, { ...row.context, ...context }),
          ),
        ]
      : [],
  };
}

function wanted({ mode, expected }: Row): unknown {
  if (mode === 'concrete') {
    return expected.compare === 'allow' ? { allow: expected.allow } : { decision: expected.decision };
  }
  return { verdict: expected.verdict, neverKind: expected.neverKind, unmentioned: [], excess: [], wrong: [] };
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl'))) {
  for (const row of rows(file).filter(({ gate }) => gate)) {
    test(`${row.id}: ${row.source.name}`, () => {
      expect(judge(row)).toEqual(wanted(row));
    });
  }
}
