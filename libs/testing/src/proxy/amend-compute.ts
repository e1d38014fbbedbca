import { stableId } from '../seed/stable-id.ts';
import type { Call } from './call.ts';

interface Statement {
  readonly Principal?: unknown;
  readonly Resource?: unknown;
}

/** The emulator keeps one policy for a function and all its versions and aliases, and names principals without their kind. */
export function amendFunctionPolicy(call: Call, body: string): string | undefined {
  if (body === '') return body;
  const answer: unknown = JSON.parse(body);
  if (!hasPolicy(answer)) return undefined;
  const document: unknown = JSON.parse(answer.Policy);
  if (!hasStatements(document)) return undefined;
  const own = call.action === 'lambda:GetPolicy' ? holderOf(call) : undefined;
  const Statement = document.Statement.filter(
    ({ Resource }) => own === undefined || String(Resource).endsWith(own),
  ).map((statement) => ({ ...statement, Principal: principalOf(statement.Principal) }));
  return JSON.stringify({ ...answer, Policy: JSON.stringify({ ...document, Statement }) });
}

/** The emulator makes up another issuer each time that a cluster is built. */
export function amendCluster({ account, path }: Call, body: string): string {
  return body.replace(/(\/id\/)\w+/g, `$1${stableId(account, path).replaceAll('-', '').toUpperCase()}`);
}

/** How the ARN ends of what was asked about: `:function:orders:live`. */
function holderOf({ path, query }: Call): string {
  const name =
    decodeURIComponent(/\/functions\/([^/]+)\//.exec(path)?.[1] ?? '')
      .split(':')
      .at(-1) ?? '';
  const qualifier = query.get('Qualifier');
  return qualifier === null ? `:function:${name}` : `:function:${name}:${qualifier}`;
}

function principalOf(principal: unknown): unknown {
  if (typeof principal !== 'string' || principal === '*') return principal;
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
}

function hasPolicy(value: unknown): value is { readonly Policy: string } {
  return typeof value === 'object' && value !== null && 'Policy' in value && typeof value.Policy === 'string';
}

function hasStatements(value: unknown): value is { readonly Statement: readonly Statement[] } {
  return typeof value === 'object' && value !== null && 'Statement' in value && Array.isArray(value.Statement);
}
