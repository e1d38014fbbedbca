import { accountOf, findArn, type GraphNode } from '@ag/model';
import { matchesArnPattern } from '@ag/policy';
import type { CatalogueAction } from './catalogue.ts';
import type { Engine } from './engine.ts';
import type { PrincipalRecord } from './principals.ts';
import { textOf } from './properties.ts';
import { allowedResources } from './statements.ts';
import { makeTarget, type Target } from './target.ts';

/** A target, and the text that stands for it in the answer. */
export interface RowTarget {
  readonly row: string;
  readonly target: Target;
}

/** Every collected resource with every action that acts on it; a bucket also with the actions on its objects, an API with its calls. */
export function* resourceTargets(
  { inventory }: Pick<Engine, 'inventory'>,
  wanted: ReadonlySet<CatalogueAction>,
): Iterable<RowTarget> {
  for (const node of inventory.data.labelled('AwsResource')) {
    const record = inventory.resource(node);
    if (record.missingSince !== undefined || node.id.includes('#')) continue;
    for (const arn of arnsOf(node)) {
      for (const action of inventory.catalogue.applicable(arn)) {
        if (wanted.has(action)) yield { row: arn, target: makeTarget(inventory, action, arn, node) };
      }
    }
  }
}

export function arnsOf(node: GraphNode): readonly string[] {
  switch (node.labels[0]) {
    case 'S3Bucket':
      return [node.id, `${node.id}/*`];
    case 'S3AccessPoint':
      return [node.id, `${node.id}/object/*`];
    case 'ApiGatewayRestApi':
    case 'ApiGatewayHttpApi':
      return [node.id, ...(node.aliases ?? []).map((alias) => `${alias}/*/*/*`)];
    default:
      return [node.id];
  }
}

/**
 * What no collected resource stands for: the actions that act on no resource, services that nobody collects as `*`, and
 * the ARN patterns that the principal's own policies spell out. Policies of such resources are not known and not asked.
 */
export function* patternTargets(
  engine: Engine,
  principal: PrincipalRecord,
  wanted: ReadonlySet<CatalogueAction>,
): Iterable<RowTarget> {
  const collected = collectedServices(engine);
  for (const action of wanted) {
    if (!action.wildcardOnly && collected.has(action.service)) continue;
    yield { row: '*', target: { action, arn: '*', unread: [], gaps: [] } };
  }
  for (const arn of spelledPatterns(engine, principal)) {
    const account = accountOf(arn) ?? principal.account?.id;
    for (const action of engine.inventory.catalogue.applicable(arn)) {
      if (!wanted.has(action)) continue;
      yield { row: arn, target: toPattern(engine, action, arn, account) };
    }
  }
}

/** Objects of a collected bucket are asked with the bucket's own policy. */
function toPattern(engine: Engine, action: CatalogueAction, arn: string, account: string | undefined): Target {
  const slash = arn.indexOf('/');
  const bucket = slash < 0 ? undefined : engine.inventory.findNode(arn.slice(0, slash));
  if (bucket) return makeTarget(engine.inventory, action, arn, bucket);
  return { action, arn, unread: [], gaps: [], ...(account !== undefined && { account }) };
}

function collectedServices(engine: Engine): ReadonlySet<string> {
  const ids = engine.inventory.data.labelled('AwsResource').map((node) => node.id);
  return new Set(ids.flatMap((id) => findArn(id)?.service ?? []));
}

/** Resource patterns of the principal's policies that no collected resource already stands for. */
function spelledPatterns(engine: Engine, principal: PrincipalRecord): ReadonlySet<string> {
  const { data } = engine.inventory;
  const texts = principal.identity.map((policy) => textOf(data.nodes.get(policy.id), 'document'));
  const patterns = texts.flatMap(allowedResources).filter((pattern) => findArn(pattern) && !pattern.includes('${'));
  const known = data.labelled('AwsResource').flatMap(arnsOf);
  return new Set(patterns.filter((pattern) => !known.some((arn) => matchesArnPattern(pattern, arn))));
}
