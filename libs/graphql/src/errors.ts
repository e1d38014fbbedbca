import { UserError, exitCode } from '@ag/model';
import { GraphQLError } from 'graphql';

/** There is nothing to answer from yet. */
export class NothingCollected extends UserError {
  constructor() {
    super('nothing has been collected yet: run `accessgraph collect` first', exitCode.usage);
    this.name = 'NothingCollected';
  }
}

const outage = 'the graph database does not answer: try again in a moment';

/**
 * An error as a caller may see it: what they can mend, or that the database is away. Everything else stays what it is, for
 * the server to mask.
 */
export function toGraphqlError(error: unknown): unknown {
  if (error instanceof NothingCollected) return codedError(error.message, 'NOTHING_COLLECTED');
  // Its sentence names our database's address.
  if (isOutage(error)) return codedError(outage, 'DATABASE_UNAVAILABLE');
  if (isTimeout(error)) return codedError('the question took too long: narrow it down', 'TIMEOUT');
  if (!(error instanceof UserError)) return error;
  return codedError(error.message, error.code === exitCode.usage ? 'BAD_USER_INPUT' : 'FAILED');
}

// Without its cause: the server masks an error that has another behind it.
function codedError(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

// The driver's errors are known by their codes: `libs/graph` alone may import the driver.
function isOutage(error: unknown): boolean {
  if (error instanceof UserError) return error.code === exitCode.database;
  const code = codeOf(error);
  return ['ServiceUnavailable', 'SessionExpired'].includes(code) || code.startsWith('Neo.TransientError.General.');
}

function isTimeout(error: unknown): boolean {
  return codeOf(error).startsWith('Neo.ClientError.Transaction.TransactionTimedOut');
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
