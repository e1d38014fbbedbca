import type { PolicyKind } from '@ag/model';
import type { Finding, ParsedPolicy, Statement } from '../types.ts';
import { parseStatement } from './parse-statement.ts';
import { isRecord } from './values.ts';

/**
 * Reads a policy document from JSON text. Never throws: what is wrong is a finding, and an error makes the document
 * unreadable, which is not the same as empty.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string, kind: PolicyKind): ParsedPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, findings: [{ at: '', message: 'not valid JSON', severity: 'error' }] };
  }
  return parsePolicyValue(value, kind);
}

/** Reads a policy document that is already a value. */
export function parsePolicyValue(value: unknown, kind: PolicyKind): ParsedPolicy {
  const findings: Finding[] = [];
  if (!isRecord(value)) return { ok: false, findings: [{ at: '', message: 'not a JSON object', severity: 'error' }] };

  const version = value['Version'];
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    findings.push({ at: '/Version', message: `unknown version \`${JSON.stringify(version)}\``, severity: 'error' });
  }
  const raw = value['Statement'];
  if (raw === undefined) findings.push({ at: '/Statement', message: 'missing', severity: 'error' });
  const list: readonly unknown[] = Array.isArray(raw) ? raw : raw === undefined ? [] : [raw];
  if (list.length === 0 && raw !== undefined)
    findings.push({ at: '/Statement', message: 'empty', severity: 'warning' });
  const statements: Statement[] = [];
  for (const [index, entry] of list.entries()) {
    const statement = parseStatement(entry, { index, kind, findings });
    if (statement) statements.push(statement);
  }
  if (findings.some(({ severity }) => severity === 'error')) return { ok: false, findings };
  // VA1: no version means 2008-10-17.
  return { ok: true, document: { version: version === '2012-10-17' ? version : '2008-10-17', statements }, findings };
}
