import { AccountAccessError, safeMessage } from '@ag/connect';
import { type GapReason, UserError, exitCode } from '@ag/model';
import { AnswerError, DeadlineError, InterruptedError } from './answer-error.ts';
import { NotOfferedError } from './not-offered.ts';

/** What may mend a failed call: waiting, simply asking again, new credentials, or nothing. */
export type Remedy = 'wait' | 'again' | 'credentials' | 'none';

/** How a call failed. Not found is an answer about the resource; every other kind is something we do not know. */
export interface Failure {
  readonly kind: GapReason | 'notFound' | 'interrupted';
  readonly remedy: Remedy;
  /** AWS's own message as one line, without secrets. */
  readonly message: string;
}

type Verdict = Omit<Failure, 'message'>;

const credentials = { kind: 'expiredCredentials', remedy: 'credentials' } as const satisfies Verdict;

const expiredNames = /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/;
const invalidCredentials = /^(InvalidClientTokenId|UnrecognizedClientException|InvalidToken|InvalidAccessKeyId)$/;
const skewNames = /^(RequestTimeTooSkewed|RequestInTheFuture|SignatureDoesNotMatch|InvalidSignatureException)$/;
const throttleNames =
  /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimitExceeded|LimitExceededException$|PriorRequestNotComplete|ProvisionedThroughputExceeded|EC2ThrottledException/;
const deniedNames = /AccessDenied|UnauthorizedOperation|NotAuthorized|Forbidden/;
const regionNames = /^(OptInRequired|AuthFailure|RegionDisabledException|SubscriptionRequiredException)$/;
const missingNames = /NotFound|NoSuch|DoesNotExist|NonExistent|NotInUse(Exception)?$/;
const networkCodes =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/**
 * Sorts out what a call threw, by HTTP status first: an emulator's and a proxy's names mean nothing, and even AWS gives one
 * name to a denial in one protocol and to another status in the next.
 */
export function classifyError(error: unknown): Failure {
  return { ...verdictOf(error), message: safeMessage(error) };
}

function verdictOf(error: unknown): Verdict {
  if (error instanceof AccountAccessError) return { kind: error.reason, remedy: 'none' };
  // What the way in says when it is asked again in the middle of a run.
  if (error instanceof UserError && error.code === exitCode.credentials) return { ...credentials, remedy: 'none' };
  if (error instanceof InterruptedError) return { kind: 'interrupted', remedy: 'none' };
  // A service that is not there holds nothing that could be read.
  if (error instanceof NotOfferedError) return { kind: 'notFound', remedy: 'none' };
  if (error instanceof DeadlineError) return { kind: 'timeout', remedy: 'none' };

  const fields = fieldsOf(error);
  const { status } = fields;
  if (status === undefined) return withoutStatus(fields);
  if (status === 401 || status === 403) return forbidden(fields);
  if (error instanceof AnswerError) return { kind: 'malformed', remedy: error.transient ? 'again' : 'none' };
  if (status === 404 || status === 410) return missing(fields);
  if (status === 429) return { kind: 'throttled', remedy: 'wait' };
  if (status >= 500) return ofServer(fields);
  if (status === 400 || status === 409) return badRequest(fields);
  if (status < 300) return { kind: 'malformed', remedy: 'again' };
  return { kind: 'unexpected', remedy: 'none' };
}

function forbidden(fields: Fields): Verdict {
  const { name } = fields;
  if (expiredNames.test(name) || invalidCredentials.test(name)) return credentials;
  if (skewNames.test(name)) return { kind: 'expiredCredentials', remedy: 'again' };
  if (throttleNames.test(name)) return { kind: 'throttled', remedy: 'wait' };
  if (regionNames.test(name)) return { kind: 'regionDisabled', remedy: 'none' };
  return denied(fields);
}

function badRequest(fields: Fields): Verdict {
  const { name } = fields;
  // JSON protocols give these with status 400: https://docs.aws.amazon.com/organizations/latest/APIReference/CommonErrors.html
  if (expiredNames.test(name) || invalidCredentials.test(name)) return credentials;
  if (skewNames.test(name)) return { kind: 'expiredCredentials', remedy: 'again' };
  if (throttleNames.test(name)) return { kind: 'throttled', remedy: 'wait' };
  if (deniedNames.test(name)) return denied(fields);
  if (regionNames.test(name)) return { kind: 'regionDisabled', remedy: 'none' };
  if (missingNames.test(name)) return { kind: 'notFound', remedy: 'none' };
  return { kind: 'unexpected', remedy: 'none' };
}

/** A 404 tells that something is absent only where AWS says so; a path that nobody serves is answered alike. */
function missing({ name }: Fields): Verdict {
  if (missingNames.test(name)) return { kind: 'notFound', remedy: 'none' };
  return { kind: name === 'SyntaxError' ? 'malformed' : 'unexpected', remedy: 'none' };
}

function ofServer({ name, status }: Fields): Verdict {
  if (throttleNames.test(name)) return { kind: 'throttled', remedy: 'wait' };
  // What cannot be parsed comes from something in between, or from an emulator that lacks the operation.
  if (name === 'SyntaxError' || name === 'Error') return { kind: 'malformed', remedy: 'again' };
  return { kind: status === 503 ? 'throttled' : 'unexpected', remedy: 'wait' };
}

function withoutStatus({ name, code, message }: Fields): Verdict {
  // Before the name: the SDK calls a reset connection a time-out.
  if (networkCodes.test(code)) return { kind: 'network', remedy: 'wait' };
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') return { kind: 'timeout', remedy: 'again' };
  if (/socket hang up|aborted|premature close/i.test(message)) return { kind: 'network', remedy: 'wait' };
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') return credentials;
  if (name === 'SyntaxError') return { kind: 'malformed', remedy: 'again' };
  return { kind: 'unexpected', remedy: 'none' };
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
function denied({ message }: Fields): Verdict {
  const byScp = /explicit deny in a service control policy|no service control policy allows/i.test(message);
  return { kind: byScp ? 'deniedByScp' : 'denied', remedy: 'none' };
}

interface Fields {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly status: number | undefined;
}

function fieldsOf(error: unknown): Fields {
  const fields: Readonly<Record<string, unknown>> = isRecord(error) ? error : {};
  const metadata = fields['$metadata'];
  const status = isRecord(metadata) ? metadata['httpStatusCode'] : undefined;
  return {
    name: error instanceof Error ? error.name : '',
    message: error instanceof Error ? error.message : String(error),
    code: typeof fields['code'] === 'string' ? fields['code'] : '',
    status: typeof status === 'number' ? status : undefined,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
