import type { GapReason } from '@ag/model';

/** Why credentials could not be had or are not accepted. */
export interface CredentialFailure {
  readonly kind:
    'none' | 'unknownProfile' | 'expired' | 'rejected' | 'denied' | 'unreachable' | 'malformed' | 'unexpected';
  readonly reason: GapReason;
}

const unreachable = /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT|CERT|SSL|TLS/;
const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'ExpiredTokenExpired']);
const rejected = new Set(['InvalidClientTokenId', 'UnrecognizedClientException', 'SignatureDoesNotMatch']);

/** Sorts out what an STS call or the SDK's credential chain threw: by status first, a name alone tells little. */
export function classifyCredentialFailure(error: unknown): CredentialFailure {
  const { name, message, status, code } = describe(error);
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') return ofProvider(message);
  if (status === undefined) {
    if (name === 'TimeoutError' || code === 'ETIMEDOUT') return { kind: 'unreachable', reason: 'timeout' };
    if (unreachable.test(code ?? message)) return { kind: 'unreachable', reason: 'network' };
    if (name === 'SyntaxError') return { kind: 'malformed', reason: 'malformed' };
    return { kind: 'unexpected', reason: 'unexpected' };
  }
  if (status === 429) return { kind: 'unexpected', reason: 'throttled' };
  if (status === 400 || status === 401 || status === 403) {
    if (expired.has(name)) return { kind: 'expired', reason: 'expiredCredentials' };
    if (rejected.has(name)) return { kind: 'rejected', reason: 'expiredCredentials' };
    if (status !== 400) return { kind: 'denied', reason: 'denied' };
    if (name === 'AccessDenied' || name === 'AccessDeniedException') return { kind: 'denied', reason: 'denied' };
    if (name === 'RegionDisabledException') return { kind: 'denied', reason: 'regionDisabled' };
  }
  if (name === 'SyntaxError' || (status >= 200 && status < 300)) return { kind: 'malformed', reason: 'malformed' };
  return { kind: 'unexpected', reason: 'unexpected' };
}

function ofProvider(message: string): CredentialFailure {
  if (/expired|has expired|re-?authenticate|sso login/i.test(message)) {
    return { kind: 'expired', reason: 'expiredCredentials' };
  }
  if (/profile: \[.*\]|profile .* could not be found/i.test(message)) {
    return { kind: 'unknownProfile', reason: 'expiredCredentials' };
  }
  return { kind: 'none', reason: 'expiredCredentials' };
}

function describe(error: unknown) {
  const fields = typeof error === 'object' && error !== null ? error : {};
  const metadata = '$metadata' in fields && typeof fields.$metadata === 'object' ? fields.$metadata : undefined;
  const status =
    metadata && 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number'
      ? metadata.httpStatusCode
      : undefined;
  return {
    name: error instanceof Error ? error.name : '',
    message: error instanceof Error ? error.message : String(error),
    status,
    code: 'code' in fields && typeof fields.code === 'string' ? fields.code : undefined,
  };
}
