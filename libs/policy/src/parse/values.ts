export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One value or a list, as text; numbers and Booleans may be unquoted (MA7). `undefined` where anything else stands there. */
export function findTexts(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts: string[] = [];
  for (const entry of list) {
    if (typeof entry === 'string') texts.push(entry);
    else if (typeof entry === 'number' || typeof entry === 'boolean') texts.push(String(entry));
    else return undefined;
  }
  return texts;
}
