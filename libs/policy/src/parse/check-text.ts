import type { PolicyKind } from '@ag/model';
import type { Finding } from '../types.ts';
import { duplicateKeys } from './duplicate-keys.ts';

// The most characters without blanks that any policy of the kind can have.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const longest: Partial<Record<PolicyKind, number>> = { identity: 10_240, boundary: 6144 };

/** Why a text cannot be JSON, for the ways in which documents most often go wrong. */
export function describeUnreadable(text: string): string {
  if (text.trim() === '') return 'empty';
  if (text.startsWith('\uFEFF')) return 'not valid JSON: it begins with a byte order mark';
  if (text.includes('\0')) return 'not valid JSON: it holds NUL characters, as UTF-16 does';
  return 'not valid JSON';
}

/** What is odd about a document's text. */
export function checkText(text: string, kind: PolicyKind): readonly Finding[] {
  const warnings: Finding[] = duplicateKeys(text).map((at) => ({
    at,
    message: 'stands twice, and only the last one counts',
    severity: 'warning',
  }));
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html#policies-grammar-notes
  const strange = /[^\t\n\r\u0020-\u00FF]|\\u(?!00)[0-9a-fA-F]{4}|\\u0000/.exec(text);
  if (strange) {
    const message = `character ${String(strange.index)} is outside U+0020 to U+00FF, as none of a policy may be`;
    warnings.push({ at: '', message, severity: 'warning' });
  }
  const most = longest[kind];
  const length = most !== undefined && text.length > most ? text.replace(/\s+/g, '').length : 0;
  if (most !== undefined && length > most) {
    const message = `it has ${String(length)} characters without blanks, and ${String(most)} are the most`;
    warnings.push({ at: '', message, severity: 'warning' });
  }
  return warnings;
}
