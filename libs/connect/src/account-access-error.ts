import type { GapReason } from '@ag/model';

/** An account that cannot be entered. Not fatal for a run: the account's scopes become gaps. */
export class AccountAccessError extends Error {
  readonly account: string;
  readonly reason: GapReason;

  constructor(account: string, reason: GapReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AccountAccessError';
    this.account = account;
    this.reason = reason;
  }
}
