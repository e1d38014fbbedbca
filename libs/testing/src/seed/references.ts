/** Names in angle brackets stand for ids that are known only once something is built: `<payroll>`, `<organization>`. */
export type References = ReadonlyMap<string, string>;

/** The JSON text of a document with every reference replaced; throws for a name that nothing has. */
export function toText(document: unknown, references: References): string {
  return JSON.stringify(document).replace(/<([a-z-]+)>/g, (_, name: string) => {
    const id = references.get(name);
    if (id === undefined) throw new Error(`the sample company refers to \`${name}\`, which nothing is called`);
    return id;
  });
}
