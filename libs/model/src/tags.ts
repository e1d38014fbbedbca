/** Tags as one list of `key=value`, which Cypher can search; `=` and `\` in a key are escaped by `\`. */
export function encodeTags(tags: Readonly<Record<string, string>>): string[] {
  return Object.entries(tags)
    .map(([key, value]) => `${key.replace(/[\\=]/g, '\\$&')}=${value}`)
    .sort();
}

/** The tags that `encodeTags` wrote. */
export function decodeTags(list: readonly string[]): Record<string, string> {
  const tags: [string, string][] = [];
  for (const entry of list) {
    const match = /^((?:[^\\=]|\\[\\=])*)=([\s\S]*)$/.exec(entry);
    if (match) tags.push([(match[1] ?? '').replace(/\\([\\=])/g, '$1'), match[2] ?? '']);
  }
  // Not a plain assignment: a tag may be named `__proto__`.
  return Object.fromEntries(tags);
}
