/**
 * Several policies of one resource as one document, since what any of them says holds. Of two grammars nothing can be made.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetResourcePolicies.html
 */
export function joinPolicies(texts: readonly string[]): string | undefined {
  const [only, ...others] = texts;
  if (others.length === 0) return only;
  const documents = texts.map(toDocument);
  const versions = [...new Set(documents.map(({ Version }) => Version))];
  if (versions.length > 1) throw new Error('it has policies of different grammars');
  const [version] = versions;
  const statements = documents.flatMap(({ Statement }): readonly unknown[] =>
    Array.isArray(Statement) ? Statement : [Statement],
  );
  return JSON.stringify({ ...(version !== undefined && { Version: version }), Statement: statements });
}

interface Document {
  readonly Version?: unknown;
  readonly Statement: unknown;
}

function toDocument(text: string): Document {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('Statement' in value)) throw new Error('it is not a policy');
  return value;
}
