import type { PolicyKind } from '@ag/model';
import type { Finding } from '../types.ts';
import { duplicateKeys } from './duplicate-keys.ts';

interface Limit {
  readonly most: number;
  readonly blanks: 'counted' | 'free';
}

// The most characters that any policy of the kind can have. An identity policy may be inline or managed, of a user or of a
// role, and the text does not tell; a boundary is managed. The policies of resources are limited by their services.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
const limits: Partial<Record<PolicyKind, Limit>> = {
  identity: { most: 10_240, blanks: 'free' },
  boundary: { most: 6144, blanks: 'free' },
  trust: { most: 8192, blanks: 'free' },
  session: { most: 2048, blanks: 'counted' },
  scp: { most: 5120, blanks: 'counted' },
  rcp: { most: 5120, blanks: 'counted' },
  endpoint: { most: 20_480, blanks: 'counted' },
};

/** What is odd about a document's text. */
export function checkText(text: string, kind: PolicyKind): readonly Finding[] {
  const warnings: Finding[] = duplicateKeys(text).map((at) => ({
    at,
    message: 'stands twice, and only the last one counts',
    severity: 'warning',
  }));
  const messages = [describeStrange(text), describeLength(text, limits[kind])];
  for (const message of messages) if (message !== undefined) warnings.push({ at: '', message, severity: 'warning' });
  return warnings;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html#policies-grammar-notes
function describeStrange(text: string): string | undefined {
  // An escape is taken whole, so that `\\u0100`, a backslash and plain text, is none.
  for (const match of text.matchAll(/\\(?:u([0-9a-fA-F]{4})|.)|[^\t\n\r\u0020-\u00FF]/g))
    if (isStrange(match[0], match[1]))
      return `character ${String(match.index)} is outside U+0020 to U+00FF, as none of a policy may be`;
  return undefined;
}

function isStrange(whole: string, code: string | undefined): boolean {
  if (code === undefined) return !whole.startsWith('\\') || whole === '\\b' || whole === '\\f';
  return /[^\t\n\r\u0020-\u00FF]/.test(String.fromCharCode(Number.parseInt(code, 16)));
}

function describeLength(text: string, limit: Limit | undefined): string | undefined {
  if (limit === undefined || text.length <= limit.most) return undefined;
  const { most, blanks } = limit;
  if (blanks === 'counted') return `it has ${String(text.length)} characters, and ${String(most)} are the most`;
  const { length } = text.replace(/\s+/g, '');
  return length > most
    ? `it has ${String(length)} characters without blanks, and ${String(most)} are the most`
    : undefined;
}
