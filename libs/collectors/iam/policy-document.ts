/** A policy document as JSON text, or not readable. */
export type Document = { readonly ok: true; readonly text: string } | { readonly ok: false };

/**
 * Reads a document in any form in which it is handed over: percent-encoded by IAM's API (RFC 3986, so `+` stays `+`), as plain
 * JSON, or already decoded by the AWS CLI and boto3.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyDetail.html
 */
export function toDocument(value: unknown): Document {
  if (isRecord(value)) return { ok: true, text: JSON.stringify(value) };
  if (typeof value !== 'string') return { ok: false };
  if (isJsonObject(value)) return { ok: true, text: value };
  const text = decode(value);
  return text !== undefined && isJsonObject(text) ? { ok: true, text } : { ok: false };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function isJsonObject(text: string): boolean {
  try {
    return isRecord(JSON.parse(text));
  } catch {
    return false;
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
