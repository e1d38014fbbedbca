const longest = 400;

/**
 * AWS's own message as one line for people, without what must not be kept: a rejected signature is answered with the
 * canonical request, session token included, and a rejected argument with its value.
 */
export function safeMessage(error: unknown, secrets: readonly string[] = []): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  const [line = ''] = text.split('\n');
  const shown = line
    .replace(/The Canonical String for this request.*$/s, '')
    .replace(/Encoded authorization failure message:.*$/s, '')
    .replace(/[A-Za-z0-9+/=_-]{64,}/g, '…')
    .replace(namedSecret, '$1…')
    .replace(secretKey, (found) => (isRandom(found) ? '…' : found))
    .replace(/(:\/\/)[^/\s@]+@/g, '$1…@')
    .trim();
  const hidden = secrets
    .filter((secret) => secret !== '')
    .reduce((left, secret) => left.replaceAll(secret, '…'), shown);
  return hidden.length > longest ? `${hidden.slice(0, longest)}…` : hidden;
}

/** A value behind a name that says that it is a secret: `X-Amz-Security-Token=…`, `"MasterUserPassword": "…"`. */
const namedSecret =
  /([\w.-]*(?:password|passwd|secret(?:string|binary|accesskey|_access_key)|client_?secret|token|pre-?shared-?key|private-?key|api-?key|signature)["'`]?\s*[:=]\s*["'`]?)[^\s"'`,;&)}]+/gi;

/** As secret access keys are: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html */
const secretKey = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;

// A path of words has no digits between its letters, or one case only.
function isRandom(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

/** The error as the cause of ours, with its name and nothing else that could hold a secret. */
export function toSafeCause(error: unknown, secrets: readonly string[] = []): Error {
  const cause = new Error(safeMessage(error, secrets));
  return Object.assign(cause, { name: error instanceof Error ? error.name : 'Error' });
}
