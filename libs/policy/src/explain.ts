import type { Layer } from '@ag/model';
import { judge } from './decide.ts';
import { type Worth, explainStatement, toWorth } from './explain/explain-statement.ts';
import { suggest } from './explain/suggest.ts';
import { warningsOf } from './explain/warnings.ts';
import type { LayerView } from './layers/layer-view.ts';
import type { Scene } from './layers/scene.ts';
import { toArnText } from './match/arn-pattern.ts';
import type { Explanation, LayerExplanation, Question, Verdict } from './types.ts';

/**
 * Decides a request, and shows for each layer which statements allow, deny, may, or fail, and why; for an implicit denial
 * also what would have to be added, by layer.
 */
export function explain(question: Question): Explanation {
  const { decision, evaluations, assumed } = judge(question);
  const worth = toWorth(assumed);
  const suggestions =
    decision.outcome === 'implicitlyDenied'
      ? evaluations.flatMap(({ scene, layers }) => suggest(scene, layers, worth))
      : [];
  return {
    decision,
    layers: evaluations.flatMap(({ scene, layers }) => [
      ...layers.map((view) => explainLayer(view, scene, worth)),
      ...unseen(scene, layers),
    ]),
    warnings: warningsOf(question),
    ...(suggestions.length > 0 && { suggestions }),
  };
}

function explainLayer(view: LayerView, scene: Scene, worth: Worth): LayerExplanation {
  const { layer, target } = view;
  const because = view.exempt ?? reasonOf(layer, scene) ?? view.because;
  const asked = sceneOf(view, scene);
  const verdict = toVerdict(view, scene, worth);
  const statements = view.result.statements.map((judged) => explainStatement(judged, asked, worth));
  if (target === undefined && because === undefined) return { layer, verdict, statements };
  return {
    layer,
    ...(target !== undefined && { target }),
    verdict,
    statements,
    ...(because !== undefined && { because }),
  };
}

// S34: behind an access point, the bucket's policy is asked about the bucket.
function sceneOf({ layer }: LayerView, scene: Scene): Scene {
  const behind = scene.facts.s3?.accessPoint?.bucketObjectArn;
  return layer === 'resource' && behind !== undefined ? { ...scene, arn: behind, arnText: toArnText(behind) } : scene;
}

function toVerdict({ layer, exempt, allow, deny }: LayerView, scene: Scene, worth: Worth): Verdict {
  if (exempt !== undefined) return 'notApplicable';
  if (worth.isCertain(deny)) return 'denies';
  if (scene.readings(layer)) return 'unknown';
  if (worth.isPossible(deny)) return 'mayDeny';
  if (worth.isCertain(allow)) return 'allows';
  return worth.isPossible(allow) ? 'mayAllow' : 'doesNotAllow';
}

/** Layers that could not be read and of which nothing else is known. */
function unseen(scene: Scene, views: readonly LayerView[]): readonly LayerExplanation[] {
  if (!scene.question.policies.unread) return [];
  const seen = new Set(views.map(({ layer }) => layer));
  const layers = new Set(scene.question.policies.unread.map(({ layer }) => layer));
  return [...layers]
    .filter((layer) => !seen.has(layer))
    .map((layer) => {
      const because = reasonOf(layer, scene);
      return { layer, verdict: 'unknown', statements: [], ...(because !== undefined && { because }) };
    });
}

function reasonOf(layer: Layer, { question }: Scene): string | undefined {
  return question.policies.unread?.find((one) => one.layer === layer)?.reason;
}
