/** Adds a warning about an element of the statement. */
export type Warn = (field: string, message: string) => void;

/** VA1, VA5, VA6: what a `${` begins. */
export function checkVariables(text: string, version: string, warn: (message: string) => void): void {
  if (!text.includes('${')) return;
  const problem = version === '2012-10-17' ? problemOf(text) : '`${` begins no variable under version 2008-10-17';
  if (problem !== undefined) warn(problem);
}

function problemOf(text: string): string | undefined {
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', start + 2)) {
    const end = text.indexOf('}', start);
    const inside = text.slice(start + 2, end);
    if (end < 0 || inside.includes('${')) return 'a variable has no end, or another inside';
    const comma = inside.indexOf(',');
    if ((comma < 0 ? inside : inside.slice(0, comma)).trim() === '') return 'a variable has no name';
    if (comma >= 0 && !isQuoted(inside.slice(comma + 1).trim()))
      return 'the default of a variable stands in single quotes';
  }
  return undefined;
}

function isQuoted(text: string): boolean {
  return text.length > 1 && text.startsWith("'") && text.endsWith("'");
}
