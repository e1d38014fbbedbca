import type { Decision, Layer, Unknown } from '@ag/model';
import type { Facts, Question } from '@ag/policy';

/** Layers that are facts of the resource, not policies: what is unread there is tried both ways. */
export const factLayers: readonly Layer[] = ['publicAccessBlock', 'acl', 'grant'];

const everyBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

const everyGrant = [
  { grantee: { type: 'Group', uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }, permission: 'FULL_CONTROL' },
] as const;

/**
 * Decides where a public access block, an ACL or the grants of a key were not read: as if they took everything away, and as
 * if they gave everything. Where that makes a difference nobody knows the answer.
 */
export function decideWithUnreadFacts(question: Question, decide: (question: Question) => Decision): Decision {
  const { unread = [], ...policies } = question.policies;
  const open = unread.filter(({ layer }) => factLayers.includes(layer));
  if (open.length === 0) return decide(question);

  const read = unread.filter(({ layer }) => !factLayers.includes(layer));
  const known: Question = { ...question, policies: { ...policies, ...(read.length > 0 && { unread: read }) } };
  const plain = decide(known);
  const least = decide({ ...known, facts: withBlocks(known.facts, open) });
  const most = decide({ ...known, facts: withGrants(known, open) });
  if (isSame(plain, least) && isSame(plain, most)) return plain;
  return { outcome: 'unknown', because: plain.outcome === 'unknown' ? [...plain.because, ...open] : open };
}

/** The facts as if a public access block that nobody read took everything away. */
export function withBlocks(facts: Facts = {}, open: readonly Unknown[]): Facts {
  if (!open.some(({ layer }) => layer === 'publicAccessBlock')) return facts;
  return { ...facts, s3: { ...facts.s3, publicAccessBlock: { account: everyBlock, bucket: everyBlock } } };
}

/** The facts as if an ACL or grants that nobody read gave everything to the caller. */
export function withGrants({ facts = {}, request }: Question, open: readonly Unknown[]): Facts {
  const { s3, kms } = facts;
  const acl = open.some(({ layer }) => layer === 'acl');
  const grant = open.some(({ layer }) => layer === 'grant');
  const { principal } = request;
  const granteePrincipal = 'arn' in principal ? principal.arn : '*';
  const operations = [request.action.replace(/^kms:/i, '')];
  return {
    ...facts,
    ...(acl && { s3: { ...s3, objectOwnership: 'ObjectWriter', bucketAcl: everyGrant, objectAcl: everyGrant } }),
    ...(grant && { kms: { ...kms, grants: [...(kms?.grants ?? []), { granteePrincipal, operations }] } }),
  };
}

/** Two denials are the same answer, whichever layer they name; conditions are the same where they read the same. */
function isSame(a: Decision, b: Decision): boolean {
  return summaryOf(a) === summaryOf(b);
}

function summaryOf(decision: Decision): string {
  switch (decision.outcome) {
    case 'allowed':
    case 'unknown':
      return decision.outcome;
    case 'conditional':
      return `conditional ${decision.text}`;
    case 'explicitlyDenied':
    case 'implicitlyDenied':
      return 'denied';
  }
}
