import type { Residual } from '@ag/model';
import { all, always, any, keyOf, keysOf, never, not } from './build.ts';
import { type Budget, newBudget } from './budget.ts';
import { satisfiable } from './satisfiable.ts';

const mostParts = 12;

/**
 * A shorter residual that means the same wherever `assumed` holds: each part is looked at in the light of its neighbours,
 * so that what follows from them or contradicts them goes. Parts stand in an order of their own, whatever order the
 * policies have.
 */
export function simplify(residual: Residual, assumed: Residual = always): Residual {
  return inOrder(reduce(residual, assumed, newBudget()));
}

function reduce(residual: Residual, assumed: Residual, budget: Budget): Residual {
  switch (residual.is) {
    case 'true':
    case 'false':
      return residual;
    case 'present':
    case 'absent':
    case 'test':
      return decided(residual, assumed, budget);
    case 'not': {
      const of = residual.of;
      if (of.is === 'all') return reduce(any(of.of.map(not)), assumed, budget);
      if (of.is === 'any') return reduce(all(of.of.map(not)), assumed, budget);
      return decided(residual, assumed, budget);
    }
    case 'all':
      return reduceParts(residual.of, { assumed, budget, join: all, light: (rest) => rest });
    case 'any':
      return reduceParts(residual.of, { assumed, budget, join: any, light: (rest) => rest.map(not) });
  }
}

function decided(residual: Residual, assumed: Residual, budget: Budget): Residual {
  // What hangs together by AWS's own doing alone stays, so that people see what the policies ask for.
  const options = { axioms: 'stated', budget } as const;
  if (satisfiable(residual, assumed, options) === 'no') return never;
  return satisfiable(not(residual), assumed, options) === 'no' ? always : residual;
}

interface Parts {
  readonly assumed: Residual;
  readonly budget: Budget;
  join(parts: readonly Residual[]): Residual;
  /** Turns the other parts into what holds wherever the part at hand decides. */
  light(rest: readonly Residual[]): readonly Residual[];
}

function reduceParts(parts: readonly Residual[], { assumed, budget, join, light }: Parts): Residual {
  if (parts.length > mostParts) return join(parts.map((part) => reduce(part, assumed, budget)));
  let kept = [...parts];
  // One after the other, the last first: each must see what has become of its neighbours.
  for (let index = kept.length - 1; index >= 0; index--) {
    const part = kept[index];
    if (!part) continue;
    const rest = kept.filter((_, at) => at !== index);
    kept = kept.with(index, reduce(part, all([assumed, ...light(rest)]), budget));
  }
  return decided(join(kept), assumed, budget);
}

function inOrder(residual: Residual): Residual {
  switch (residual.is) {
    case 'true':
    case 'false':
    case 'present':
    case 'absent':
    case 'test':
      return residual;
    case 'not':
      return not(inOrder(residual.of));
    case 'all':
    case 'any': {
      const of = residual.of.map(inOrder).map((part) => ({ part, rank: rankOf(part) }));
      of.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
      return { is: residual.is, of: of.map(({ part }) => part) };
    }
  }
}

// Simple parts before junctions, by key.
function rankOf(residual: Residual): string {
  const junction = residual.is === 'all' || residual.is === 'any' ? '1' : '0';
  return `${junction} ${keysOf(residual).join(' ').toLowerCase()} ${keyOf(residual)}`;
}
