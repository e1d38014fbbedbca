import type { Decision, Grant, Residual, Unknown } from '@ag/model';

/** How good an answer is: allowed before conditional before unknown; denials do not count. */
export type Rank = 0 | 1 | 2;

export const ranks: readonly Rank[] = [0, 1, 2];

/** The rank of a decision; `undefined` where it is a denial. */
export function rankOf(decision: Decision | undefined): Rank | undefined {
  if (decision === undefined) return 0;
  switch (decision.outcome) {
    case 'allowed':
      return 0;
    case 'conditional':
      return 1;
    case 'unknown':
      return 2;
    case 'explicitlyDenied':
    case 'implicitlyDenied':
      return undefined;
  }
}

/** A way's decision: every hop and the last step must hold, so conditions join and one unknown makes it unknown. */
export function combine(hops: readonly Decision[], last: Decision): Decision {
  const all = [...hops, last];
  const denial = all.find((decision) => rankOf(decision) === undefined);
  if (denial) return denial;

  const because: Unknown[] = [];
  const when: Residual[] = [];
  const texts: string[] = [];
  let checked = true;
  for (const decision of all) {
    if (decision.outcome === 'unknown') because.push(...decision.because);
    if (decision.outcome !== 'conditional') continue;
    when.push(decision.when);
    texts.push(decision.text);
    checked &&= decision.checked;
  }
  if (because.length > 0) return { outcome: 'unknown', because: distinct(because) };

  const grants: readonly Grant[] = 'grants' in last ? last.grants : [];
  const [only] = when;
  if (only === undefined) return { outcome: 'allowed', grants };
  if (when.length === 1) return { outcome: 'conditional', when: only, text: texts.join(), checked, grants };
  return { outcome: 'conditional', when: { is: 'all', of: when }, text: texts.join('; and '), checked, grants };
}

function distinct(unknowns: readonly Unknown[]): readonly Unknown[] {
  return [...new Map(unknowns.map((unknown) => [JSON.stringify(unknown), unknown])).values()];
}
