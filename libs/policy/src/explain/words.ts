import type { Principal } from '@ag/model';

const mostNamed = 4;

/** Values for people: the first few, and how many more there are. */
export function listOf(values: readonly string[]): string {
  const named = values.slice(0, mostNamed).map((value) => (value === '' ? 'an empty text' : value));
  const more = values.length - named.length;
  if (named.length === 0) return 'nothing';
  return named.join(', ') + (more > 0 ? ` and ${String(more)} more` : '');
}

/** A principal for people. */
export function callerName(principal: Principal): string {
  switch (principal.kind) {
    case 'root':
    case 'user':
    case 'role':
    case 'session':
    case 'federatedUser':
      return principal.arn;
    case 'webIdentity':
    case 'saml':
      return `a user of ${principal.provider}`;
    case 'service':
      return principal.name;
    case 'anonymous':
      return 'an anonymous caller';
  }
}
