import type { Principal } from '@ag/model';
import { rememberFor } from '../match/remember.ts';

const mostNamed = 4;

/** Values for people: the first few, and how many more there are. */
export const listOf = rememberFor((values: readonly string[]): string => {
  const named = values.slice(0, mostNamed).map(showValue);
  const more = values.length - named.length;
  if (named.length === 0) return 'nothing';
  return named.join(', ') + (more > 0 ? ` and ${String(more)} more` : '');
});

// Most statements of an explanation say this, so it is put together once.
const beginningOf = rememberFor((values: readonly string[]) => `it is about ${listOf(values)}, not `);

/** What a statement is about, and what was asked instead. */
export function aboutOther(values: readonly string[], asked: string): string {
  return beginningOf(values) + asked;
}

export function showValue(value: string): string {
  return value === '' ? 'an empty text' : value;
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
