import type { PolicyKind } from '@ag/model';
import type { Finding, ParsedPolicy, Statement } from '../types.ts';
import { checkStatement } from './check-statement.ts';
import { checkText } from './check-text.ts';
import { describeUnreadable } from './describe-unreadable.ts';
import { toPointer } from './duplicate-keys.ts';
import { parseStatement } from './parse-statement.ts';
import { isRecord, show } from './values.ts';

const known = new Set(['Version', 'Id', 'Statement']);

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
    return { ok: false, findings: [{ at: '', message: describeUnreadable(text), severity: 'error' }] };
  }
  const parsed = parsePolicyValue(value, kind);
  return { ...parsed, findings: [...checkText(text, kind), ...parsed.findings] };
}

/** Reads a policy document that is already a value. */
export function parsePolicyValue(value: unknown, kind: PolicyKind): ParsedPolicy {
  const findings: Finding[] = [];
  if (!isRecord(value)) return { ok: false, findings: [{ at: '', message: 'not a JSON object', severity: 'error' }] };

  const version = value['Version'];
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    findings.push({ at: '/Version', message: `unknown version ${show(version)}`, severity: 'error' });
  }
  const raw = value['Statement'];
  if (raw === undefined) findings.push({ at: '/Statement', message: 'missing', severity: 'error' });
  const list: readonly unknown[] = Array.isArray(raw) ? raw : raw === undefined ? [] : [raw];
  if (list.length === 0 && raw !== undefined)
    findings.push({ at: '/Statement', message: 'empty', severity: 'warning' });
  const statements: Statement[] = [];
  for (const [index, entry] of list.entries()) {
    const before = findings.length;
    const statement = parseStatement(entry, { index, kind, findings });
    if (!statement) continue;
    statements.push(statement);
    // What follows from an error need not be told as well.
    if (findings.slice(before).some(({ severity }) => severity === 'error')) continue;
    checkStatement(statement, kind, version === '2012-10-17' ? version : '2008-10-17', (field, message) => {
      findings.push({ at: `/Statement/${String(index)}/${field}`, message, severity: 'warning' });
    });
  }
  for (const name of Object.keys(value))
    if (!known.has(name))
      findings.push({ at: `/${toPointer(name)}`, message: `unknown element \`${name}\``, severity: 'warning' });
  // One by one: a call takes no hundred thousand arguments.
  for (const finding of checkSids(statements, kind)) findings.push(finding);
  if (findings.some(({ severity }) => severity === 'error')) return { ok: false, findings };
  // VA1: no version means 2008-10-17.
  return { ok: true, document: { version: version === '2012-10-17' ? version : '2008-10-17', statements }, findings };
}

function checkSids(statements: readonly Statement[], kind: PolicyKind): readonly Finding[] {
  const seen = new Set<string>();
  return statements.flatMap(({ sid, index }): readonly Finding[] => {
    if (sid === undefined) return [];
    const twice = seen.has(sid);
    seen.add(sid);
    const message = twice ? `\`${sid}\` stands twice` : sidProblem(sid, kind);
    return message === undefined ? [] : [{ at: `/Statement/${String(index)}/Sid`, message, severity: 'warning' }];
  });
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
function sidProblem(sid: string, kind: PolicyKind): string | undefined {
  // Services take other characters in the policies of resources: SNS itself writes `__default_statement_ID`.
  if (kind === 'resource' || kind === 'endpoint' || kind === 'accessPoint')
    return /[^ -~]/.test(sid) ? `\`${sid}\` has characters beyond ASCII` : undefined;
  return /^[A-Za-z0-9]*$/.test(sid) ? undefined : `\`${sid}\` is more than letters and digits`;
}
