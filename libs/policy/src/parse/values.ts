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

/** A value for people; of what is no plain value, its type alone. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `\`${value}\``;
  if (typeof value === 'number' || typeof value === 'boolean') return `\`${String(value)}\``;
  if (value === null) return '`null`';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
