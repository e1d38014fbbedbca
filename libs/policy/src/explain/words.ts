import type { Principal } from '@ag/model';

const mostNamed = 4;

const lists = new WeakMap<readonly string[], string>();

/** Values for people: the first few, and how many more there are. */
export function listOf(values: readonly string[]): string {
  const found = lists.get(values);
  if (found !== undefined) return found;
  const list = toList(values);
  lists.set(values, list);
  return list;
}

const beginnings = new WeakMap<readonly string[], string>();

/** What a statement is about, and what was asked instead. Most statements of an explanation say this, so it is put together once. */
export function aboutOther(values: readonly string[], asked: string): string {
  let beginning = beginnings.get(values);
  if (beginning === undefined) {
    beginning = `it is about ${listOf(values)}, not `;
    beginnings.set(values, beginning);
  }
  return beginning + asked;
}

function toList(values: readonly string[]): string {
  const named = values.slice(0, mostNamed).map(showValue);
  const more = values.length - named.length;
  if (named.length === 0) return 'nothing';
  return named.join(', ') + (more > 0 ? ` and ${String(more)} more` : '');
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
