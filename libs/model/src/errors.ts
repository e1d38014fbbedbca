/** Exit codes of the command line, so that one error leads to the same code everywhere. */
export const exitCode = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  findings: 3,
  partial: 4,
  credentials: 5,
  database: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** An error that a person can mend. Its message is one clear sentence, and it says how the command ends. */
export class UserError extends Error {
  readonly code: ExitCode;

  constructor(message: string, code: ExitCode, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UserError';
    this.code = code;
  }
}
