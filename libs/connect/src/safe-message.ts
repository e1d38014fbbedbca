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
    .trim();
  const hidden = secrets
    .filter((secret) => secret !== '')
    .reduce((left, secret) => left.replaceAll(secret, '…'), shown);
  return hidden.length > longest ? `${hidden.slice(0, longest)}…` : hidden;
}

/** The error as the cause of ours, with its name and nothing else that could hold a secret. */
export function toSafeCause(error: unknown, secrets: readonly string[] = []): Error {
  const cause = new Error(safeMessage(error, secrets));
  return Object.assign(cause, { name: error instanceof Error ? error.name : 'Error' });
}
