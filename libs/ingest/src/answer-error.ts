/** An answer that says success and cannot be one: no list in it, a page twice, an HTML page, too large. */
export class AnswerError extends Error {
  /** Shaped as the SDK's errors are, so that the status is found in one way. */
  readonly $metadata: { readonly httpStatusCode: number };
  /** Whether asking once more may help; a listing that goes round in circles will do so again. */
  readonly transient: boolean;

  constructor(message: string, { status = 200, transient = true } = {}) {
    super(message);
    this.name = 'AnswerError';
    this.$metadata = { httpStatusCode: status };
    this.transient = transient;
  }
}

/** The time that a scope was given is over. */
export class DeadlineError extends Error {
  constructor(seconds: number) {
    super(`not read within ${seconds} seconds`);
    this.name = 'DeadlineError';
  }
}

/** The run is being stopped. */
export class InterruptedError extends Error {
  constructor() {
    super('the run was interrupted');
    this.name = 'InterruptedError';
  }
}
