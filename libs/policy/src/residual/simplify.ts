import type { Residual } from '@ag/model';
import { all, always, any, never, not } from './build.ts';
import { satisfiable } from './satisfiable.ts';

/**
 * A shorter residual with the same meaning: parts that can never hold go from an `any`, parts that hold anyway go from an
 * `all`, and parts that follow from their neighbours go too.
 */
export function simplify(residual: Residual, assumed: Residual = always): Residual {
  switch (residual.is) {
    case 'true':
    case 'false':
    case 'present':
    case 'absent':
      return residual;
    case 'test':
      return satisfiable(residual, assumed) === 'no' ? never : residual;
    case 'not': {
      const of = residual.of;
      if (of.is === 'all') return simplify(any(of.of.map(not)), assumed);
      if (of.is === 'any') return simplify(all(of.of.map(not)), assumed);
      return not(simplify(of, assumed));
    }
    case 'all':
      return reduce(
        residual.of,
        all,
        (part, rest) => satisfiable(all([...rest, not(part)]), assumed) === 'no',
        never,
        assumed,
      );
    case 'any':
      return reduce(
        residual.of,
        any,
        (part, rest) => satisfiable(all([part, ...rest.map(not)]), assumed) === 'no',
        always,
        assumed,
      );
  }
}

function reduce(
  parts: readonly Residual[],
  join: (parts: readonly Residual[]) => Residual,
  follows: (part: Residual, rest: readonly Residual[]) => boolean,
  decides: Residual,
  assumed: Residual,
): Residual {
  let kept = parts.map((part) => simplify(part, assumed));
  if (kept.length > 12) return join(kept);
  for (const part of [...kept].reverse()) {
    const rest = kept.filter((one) => one !== part);
    if (rest.length > 0 && follows(part, rest)) kept = rest;
  }
  const joined = join(kept);
  if (joined.is === 'all' && satisfiable(joined, assumed) === 'no') return never;
  if (joined.is === 'any' && satisfiable(not(joined), assumed) === 'no') return decides;
  return joined;
}
