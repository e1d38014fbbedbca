import { type GeneratedFile, generated, notice } from './generated-file.ts';
import { type Source, isReader } from './find-sources.ts';

/** The front door of `libs/collectors`: every definition and reader that its folders hold. */
export function registryFile(sources: readonly Source[]): Promise<GeneratedFile> {
  const imports = sources.map(
    ({ service, file, name }) => `import { ${name} as ${nameOf({ service, name })} } from './${service}/${file}';`,
  );
  const definitions = sources.filter(({ value }) => !isReader(value)).map(nameOf);
  const readers = sources.filter(({ value }) => isReader(value)).map(nameOf);
  return generated(
    'libs/collectors/index.ts',
    `// ${notice}
import { type EdgeType, type NodeType, type Registry, edgeTypesOf, nodeTypesOf } from '@ag/resource';
${imports.join('\n')}

/** Everything that is read from AWS: one definition per resource, and the readers that answer for several at once. */
export const registry: Registry = {
  definitions: [${definitions.join(', ')}],
  readers: [${readers.join(', ')}],
};

export const { definitions, readers } = registry;

/** Every kind of node, sorted by label. */
export function nodeTypes(): readonly NodeType[] {
  return nodeTypesOf(registry);
}

/** Every edge type between two kinds of node, with its sentence. */
export function edgeTypes(): readonly EdgeType[] {
  return edgeTypesOf(registry);
}
`,
  );
}

/** Names of different services may be equal: a queue, a key. */
function nameOf({ service, name }: Pick<Source, 'service' | 'name'>): string {
  return `${service}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
