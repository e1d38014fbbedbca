import type { Decision, GraphNode } from '@ag/model';
import { accountOf, findArn } from '@ag/model';
import type { PrincipalRef } from '../answers.ts';
import type { Inventory } from '../inventory.ts';
import { nameOf } from '../principals.ts';
import { flagOf, listOf, textOf } from '../properties.ts';
import type { Border } from './border.ts';
import type { OutsiderKind } from './outsiders.ts';

/** Someone outside with whom a resource is shared by other means than a policy. */
export interface Sharing {
  readonly from: PrincipalRef;
  readonly kind: OutsiderKind;
  readonly actions: readonly string[];
  readonly decision: Decision;
  readonly sentence: string;
  readonly warnings: readonly string[];
}

// What whoever it is shared with may do, by the kind of the resource.
const shared: ReadonlyMap<string, readonly string[]> = new Map([
  // https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
  ['Ec2Snapshot', ['ec2:CopySnapshot', 'ec2:CreateVolume']],
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharing-amis.html
  ['Ec2Image', ['ec2:RunInstances']],
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
  ['RdsSnapshot', ['rds:CopyDBSnapshot', 'rds:RestoreDBInstanceFromDBSnapshot']],
  ['RdsClusterSnapshot', ['rds:CopyDBClusterSnapshot', 'rds:RestoreDBClusterFromSnapshot']],
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html
  ['SsmDocument', ['ssm:DescribeDocument', 'ssm:GetDocument']],
]);

/** With whom outside a snapshot, an image, a document or anything in a RAM share is shared. */
export function sharingsOf(inventory: Inventory, border: Border, node: GraphNode): readonly Sharing[] {
  return [...ownSharings(inventory, border, node), ...ramSharings(inventory, border, node)];
}

function ownSharings(inventory: Inventory, border: Border, node: GraphNode): readonly Sharing[] {
  const actions = shared.get(node.labels[0]);
  if (!actions) return [];
  const known = { actions, decision: { outcome: 'allowed', grants: [] } as const };
  const everyone = { id: 'any AWS account', label: 'AnyAccount', name: 'any AWS account' };
  const open = flagOf(node, 'isPublic')
    ? [
        {
          ...known,
          kind: 'anyAccount',
          from: everyone,
          sentence: 'it is public',
          warnings: blockWarnings(node),
        } as const,
      ]
    : [];
  const warnings = keyWarnings(inventory, node);
  const named = inventory.data.edgesFrom('SHARED_WITH', node.id).flatMap(({ to }) => outsideRef(inventory, border, to));
  return [
    ...open,
    ...named.map((one) => ({ ...known, ...one, sentence: `it is shared with ${one.from.name}`, warnings })),
  ];
}

/** Account settings can close what is public, and they are not collected. */
function blockWarnings({ labels }: GraphNode): readonly string[] {
  // https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
  if (labels[0] !== 'Ec2Snapshot') return [];
  return ['whether the account blocks all public sharing of snapshots in the region is not collected'];
}

/** What is encrypted is of use to those alone who may use the key as well. */
function keyWarnings({ data }: Inventory, { id }: GraphNode): readonly string[] {
  return data
    .edgesFrom('ENCRYPTED_WITH', id)
    .map(({ to }) => `it is encrypted: whoever uses it must be allowed to use key \`${to}\` as well`);
}

/** What RAM's permissions let others do is not modelled; that they are let in is known. */
function ramSharings(inventory: Inventory, border: Border, node: GraphNode): readonly Sharing[] {
  const { data } = inventory;
  return data.edgesTo('SHARES', node.id).flatMap(({ from: id }): readonly Sharing[] => {
    const share = data.nodes.get(id);
    if (!share || share.labels.includes('Uncollected') || !isLive(share)) return [];
    const permissions = listOf(share, 'permissionNames');
    const what = permissions.length > 0 ? ` (${permissions.join(', ')})` : '';
    const reason = `which actions RAM share \`${id}\`${what} allows is not modelled`;
    return data.edgesFrom('SHARED_WITH', id).flatMap(({ to }) =>
      outsideRef(inventory, border, to).map((one) => ({
        ...one,
        actions: [],
        decision: { outcome: 'unknown', because: [{ layer: 'resource', id, reason }] } as const,
        sentence: `RAM share ${nameOf(share)} shares it with ${one.from.name}${what}`,
        warnings: [],
      })),
    );
  });
}

function isLive(share: GraphNode): boolean {
  const status = textOf(share, 'status');
  return (
    (status === undefined || status === 'ACTIVE' || status === 'PENDING') && textOf(share, 'missingSince') === undefined
  );
}

/** An account, a principal, an organization or a unit, where it is outside. */
function outsideRef(
  inventory: Inventory,
  border: Border,
  id: string,
): readonly { readonly from: PrincipalRef; readonly kind: OutsiderKind }[] {
  const organization = /:(?:organization|ou)\/(o-[a-z0-9]+)/.exec(id)?.[1];
  if (organization !== undefined) {
    if (border.isInsideOrganization(organization) || inventory.findNode(id)) return [];
    return [{ kind: 'organization', from: { id, label: 'Organization', name: id.slice(id.indexOf('/') + 1) } }];
  }
  const account = /^\d{12}$/.test(id) ? id : accountOf(id);
  if (account === undefined) {
    const service = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(id);
    return service ? [{ kind: 'service', from: { id, label: 'AwsService', name: id } }] : [];
  }
  if (border.isInsideAccount(account)) return [];
  const whole = id === account || findArn(id)?.resource === 'root';
  const name = whole ? `account ${account}` : id;
  return [{ kind: whole ? 'account' : 'principal', from: { id, label: 'Uncollected', name, account } }];
}
