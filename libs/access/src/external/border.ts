import { accountOf } from '@ag/model';
import type { Inventory } from '../inventory.ts';
import type { PrincipalRecord } from '../principals.ts';

/** What is of the organization, and what is not. */
export interface Border {
  isInsideAccount(account: string): boolean;
  /** An organization, or a path in one: `o-…`, `o-…/r-…/…`. */
  isInsideOrganization(idOrPath: string): boolean;
  /** An issuer of tokens that is a collected cluster’s own. */
  isInsideIssuer(host: string): boolean;
}

/**
 * Inside is every account that was collected or that stands in the organization's tree, read or not, and whatever is
 * trusted. All others are outside.
 */
export function borderOf(inventory: Inventory, trusted: readonly string[] = []): Border {
  const accounts = new Set(trusted);
  const organizations = new Set<string>();
  const { data } = inventory;
  for (const { id, labels } of data.labelled('AwsAccount')) {
    const { organization } = inventory.account(id);
    if (organization) organizations.add(organization.id);
    if (organization && !labels.includes('Uncollected')) accounts.add(id);
  }
  const issuers = new Set(
    data.labelled('EksCluster').flatMap(({ properties: { oidcIssuer } }) => {
      return typeof oidcIssuer === 'string' ? [oidcIssuer.replace(/^https:\/\//, '')] : [];
    }),
  );
  return {
    isInsideAccount: (account) => accounts.has(account) || inventory.isCollected(account),
    isInsideOrganization: (text) => organizations.has(text.split('/')[0] ?? ''),
    isInsideIssuer: (host) => issuers.has(host),
  };
}

/**
 * Whether someone is not of the organization: anyone, a principal of an account outside, and whoever an identity provider
 * signs in, whose users AWS does not know. The provider of Identity Center signs in the organization's own people, and a
 * cluster's issuer its own pods. A service is neither.
 */
export function isOutside(border: Border, { principal, ref }: PrincipalRecord): boolean {
  switch (principal.kind) {
    case 'anonymous':
      return true;
    case 'saml':
      return !/:saml-provider\/AWSSSO_[^/]*_DO_NOT_DELETE$/.test(principal.provider);
    case 'webIdentity':
      return !border.isInsideIssuer(issuerOf(principal.provider));
    case 'service':
      return false;
    case 'root':
    case 'user':
    case 'role':
    case 'session':
    case 'federatedUser':
      return !border.isInsideAccount(ref.account ?? accountOf(ref.id) ?? '');
  }
}

/** The host and path under which a provider signs its tokens. */
export function issuerOf(provider: string): string {
  const at = provider.indexOf(':oidc-provider/');
  return at < 0 ? provider : provider.slice(at + ':oidc-provider/'.length);
}
