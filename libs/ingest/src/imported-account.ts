import {
  type AuthorizationDetails,
  isAuthorizationDetails,
  fromAuthorizationDetails,
  fromAwsManagedPolicies,
  awsRootUser,
} from '@ag/collectors/from-files';
import { type Gap, type GraphNode, type Place, globalRegion, rootArn } from '@ag/model';
import { type CollectedPart, awsAccount, uncollected } from '@ag/resource';
import { type Entry, type ImportedAccount, policiesInUse } from './imported-details.ts';
import { identityLabel } from './read-account.ts';

const action = 'iam:GetAccountAuthorizationDetails';
const policyLabel = 'IamPolicy';

/** The scopes of one imported account. */
export function toAccountParts(
  imported: ImportedAccount,
  ofAws: readonly Entry[],
): { readonly place: Place; readonly part: CollectedPart }[] {
  const { account, partition, details } = imported;
  const place: Place = { partition, account, region: globalRegion };
  const parts = fromAuthorizationDetails(shaped(details), place);
  const own: CollectedPart[] = [
    { ...nothing, resource: identityLabel, nodes: [awsAccount.node(account, {})], gaps: toGaps(imported, place) },
    { ...nothing, resource: awsRootUser.label, nodes: [awsRootUser.node(rootArn(account, partition), {})] },
  ];
  const missing = missingPolicies(imported, ofAws, place);
  const state = imported.isTruncated ? 'partial' : 'complete';
  return [...own, ...parts.map((part) => withMissing({ ...part, state }, missing))].map((part) => ({ place, part }));
}

/** The scope of the policies that are AWS's own, and no account's. */
export function toAwsPolicies(ofAws: readonly Entry[], place: Place): CollectedPart {
  return fromAwsManagedPolicies(shaped({ Policies: ofAws }).Policies ?? [], place);
}

/** INVARIANT: `parseDetails` refused every file whose lists are not such; an account is never left out for its shape. */
function shaped(details: Readonly<Record<string, unknown>>): AuthorizationDetails {
  if (!isAuthorizationDetails(details)) throw new Error('imported authorization details have lost their shape');
  return details;
}

const nothing = { state: 'complete', nodes: [], edges: [], gaps: [] } as const;

/** What the files leave open about the account as a whole. */
function toGaps({ conflicts, files, isTruncated }: ImportedAccount, place: Place): Gap[] {
  const gap = { place, resource: identityLabel, action };
  const named = files.map((file) => `\`${file}\``).join(', ');
  const cut = isTruncated ? [`${named} holds a part of the account: it says \`IsTruncated\``] : [];
  return [
    ...cut.map((message): Gap => ({ ...gap, reason: 'notCollected', message })),
    ...conflicts.map((message): Gap => ({ ...gap, reason: 'malformed', message })),
  ];
}

interface Missing {
  readonly nodes: readonly GraphNode[];
  readonly gaps: readonly Gap[];
}

/** Policies that are attached and whose document no file holds: what they allow is not known, which is not nothing. */
function missingPolicies({ details }: ImportedAccount, ofAws: readonly Entry[], place: Place): Missing {
  const known = new Set([...details.Policies, ...ofAws].map(({ Arn }) => Arn));
  const missing = policiesInUse(details).filter((arn) => !known.has(arn));
  return {
    nodes: missing.map((arn) => uncollected.node(arn, { reason: 'missing policy' })),
    gaps: missing.map((arn) => ({
      place,
      resource: policyLabel,
      action,
      arn,
      reason: 'notCollected',
      message: `the policy \`${arn}\` is attached, and its document is in no file`,
    })),
  };
}

function withMissing(part: CollectedPart, missing: Missing): CollectedPart {
  if (part.resource !== policyLabel) return part;
  return { ...part, nodes: [...part.nodes, ...missing.nodes], gaps: [...part.gaps, ...missing.gaps] };
}
