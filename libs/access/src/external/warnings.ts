import type { Decision, Residual, Test } from '@ag/model';
import { keysOf } from '@ag/policy';
import { issuerOf } from './border.ts';
import type { Outsider } from './outsiders.ts';

// Whose tokens say for which application they are in the audience; one's own application is who one lets in.
const byAudience: ReadonlyMap<string, readonly string[]> = new Map([
  ['accounts.google.com', ['aud', 'sub', 'oaud']],
  ['cognito-identity.amazonaws.com', ['aud', 'sub']],
  ['graph.facebook.com', ['app_id', 'id']],
  ['www.amazon.com', ['app_id', 'user_id']],
]);

/** What one should know of an outsider's access to a role. */
export function roleWarnings({ kind, record }: Outsider, decision: Decision): readonly string[] {
  const keys = decision.outcome === 'conditional' ? keysOf(decision.when).map((key) => key.toLowerCase()) : [];
  if (record.principal.kind === 'webIdentity') return providerWarnings(record.principal.provider, decision, keys);
  // A vendor that serves many could be made to use the role for another of them.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
  const isAnother = kind === 'account' || kind === 'principal';
  if (isAnother && decision.outcome !== 'unknown' && !keys.includes('sts:externalid')) {
    return ['no condition asks for an external id (`sts:ExternalId`), which a vendor that serves many needs'];
  }
  return [];
}

/**
 * Providers that many share sign in everybody's users, so a trust must say whose.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
function providerWarnings(provider: string, decision: Decision, keys: readonly string[]): readonly string[] {
  if (decision.outcome === 'unknown') return [];
  const issuer = issuerOf(provider);
  const wanted = (byAudience.get(issuer) ?? ['sub']).map((claim) => `${issuer}:${claim}`);
  if (!keys.some((key) => wanted.includes(key))) {
    return [`no condition on \`${wanted[0] ?? ''}\`: whoever ${issuer} signs in can assume the role`];
  }
  const when: Residual = decision.outcome === 'conditional' ? decision.when : { is: 'true' };
  const wide = testsOf(when).filter(({ key, values }) => wanted.includes(key.toLowerCase()) && values.some(isWide));
  return wide.map(
    ({ key, values }) => `the condition on \`${key}\` fits everybody’s subjects: \`${values.join('`, `')}\``,
  );
}

/** A subject names whose it is at its beginning: `repo:acme/app:…`, `project_path:acme/app:…`, `organization:acme:…`. */
function isWide(pattern: string): boolean {
  return /^\*/.test(pattern) || /^[a-z_]+:[*?]/.test(pattern);
}

function testsOf(residual: Residual): readonly Test[] {
  switch (residual.is) {
    case 'test':
      return [residual.test];
    case 'not':
      return [];
    case 'all':
    case 'any':
      return residual.of.flatMap(testsOf);
    case 'true':
    case 'false':
    case 'present':
    case 'absent':
      return [];
  }
}
