/**
 * Marks a text as Cypher and takes its indentation away. It takes no values: what varies is a parameter, so that no
 * value is ever read as Cypher.
 */
export function cypher(strings: TemplateStringsArray, ...values: readonly never[]): string {
  const [text] = strings;
  if (text === undefined || strings.length + values.length !== 1)
    throw new Error('Cypher takes parameters, not values');
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
}
