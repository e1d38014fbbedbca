import type { Residual } from '@ag/model';
import { checksOf, decide } from './decide.ts';
import { evaluate } from './layers/evaluate.ts';
import type { LayerView } from './layers/layer-view.ts';
import type { Judged } from './layers/evaluate-policies.ts';
import { describeResidual } from './residual/describe.ts';
import { satisfiable } from './residual/satisfiable.ts';
import { not } from './residual/build.ts';
import { explainFailure } from './explain-failure.ts';
import type { Explanation, LayerExplanation, Question, StatementExplanation, Verdict } from './types.ts';

/** Decides a request, and shows for each layer which statements allow, deny, may, or fail, and why. */
export function explain(question: Question): Explanation {
  const unread = new Set((question.policies.unread ?? []).map(({ layer }) => layer));
  const layers = checksOf(question).flatMap((check) =>
    evaluate(check).layers.map((view): LayerExplanation => {
      const verdict: Verdict = unread.has(view.layer) ? 'unknown' : toVerdict(view);
      return {
        layer: view.layer,
        ...(view.target !== undefined && { target: view.target }),
        verdict,
        statements: view.result.statements.map((judged) => explainStatement(judged, check)),
      };
    }),
  );
  return { decision: decide(question), layers, warnings: warningsOf(question) };
}

function toVerdict({ allow, deny }: LayerView): Verdict {
  if (certain(deny)) return 'denies';
  if (possible(deny)) return 'mayDeny';
  if (certain(allow)) return 'allows';
  return possible(allow) ? 'mayAllow' : 'doesNotAllow';
}

function certain(residual: Residual): boolean {
  return residual.is === 'true' || (residual.is !== 'false' && satisfiable(not(residual)) === 'no');
}

function possible(residual: Residual): boolean {
  return residual.is === 'true' || (residual.is !== 'false' && satisfiable(residual) !== 'no');
}

function explainStatement(judged: Judged, question: Question): StatementExplanation {
  const { ref, statement, guard } = judged;
  const base = { statement: ref, effect: statement.effect };
  if (guard.is === 'true') return { ...base, match: 'yes', because: 'every element matches' };
  if (possible(guard)) return { ...base, match: 'maybe', because: `it depends on: ${describeResidual(guard)}` };
  return { ...base, match: 'no', ...explainFailure(judged, question) };
}

// SE4: a caller may leave the key out, and the statement then allows.
function warningsOf({ policies }: Question): readonly string[] {
  const all = [...policies.identity, ...(policies.resource ? [policies.resource] : [])];
  return all.flatMap(({ id, document }) =>
    document.statements.flatMap(({ effect, conditions, index }) =>
      effect === 'Allow' && conditions.some(({ set }) => set === 'ForAllValues')
        ? [`statement ${index} of ${id} allows also where the key of its ForAllValues condition is missing`]
        : [],
    ),
  );
}
