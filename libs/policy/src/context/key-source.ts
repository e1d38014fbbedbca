import { keysThere } from './global-keys.ts';

/**
 * What fixes a context key, as `deriveKnowledge` fills it in: the principal itself, whatever it shares with its account, its
 * kind, the resource (for actions without one the caller's own account takes its place); or nothing that an inventory knows
 * (table 1.10, GK1).
 */
export type KeySource = 'principal' | 'account' | 'kind' | 'resource' | 'open';

const ofPrincipal = new Set(['aws:principalarn', 'aws:userid', 'aws:username']);
const ofAccount = new Set(['aws:principalaccount', 'aws:principalorgid', 'aws:principalorgpaths']);
const ofResource = new Set([
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:requestedregion',
  // The caller's account stands in it, where the resource's is known.
  'kms:calleraccount',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);
const ofKind = new Set(
  [
    ...['aws:PrincipalType', 'aws:PrincipalIsAWSService', 'aws:TokenIssueTime'],
    ...keysThere('service'),
    ...keysThere('forService'),
    ...keysThere('roleSession'),
    ...keysThere('viaService'),
  ].map((key) => key.toLowerCase()),
);

/** What fixes a key; names are compared without case (CL3). */
export function keySource(key: string): KeySource {
  const name = key.toLowerCase();
  if (ofPrincipal.has(name) || name.startsWith('aws:principaltag/')) return 'principal';
  if (ofAccount.has(name)) return 'account';
  if (ofKind.has(name)) return 'kind';
  if (ofResource.has(name) || /^[a-z0-9-]+:resourcetag\//.test(name)) return 'resource';
  return 'open';
}
