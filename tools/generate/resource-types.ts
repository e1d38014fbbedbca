import {
  type EdgeType,
  type NodeType,
  type PropertyDeclaration,
  commonProperties,
  edgeTypesOf,
  nodeTypesOf,
} from '@ag/resource';
import { type Source, toRegistry } from './find-sources.ts';
import { type GeneratedFile, generated, notice } from './generated-file.ts';

/** The GraphQL object types of everything that is read: one for each label, all of them a `Resource`. */
export function resourceTypes(sources: readonly Source[]): Promise<GeneratedFile> {
  const registry = toRegistry(sources);
  const edges = edgeTypesOf(registry);
  const types = nodeTypesOf(registry).map((type) => toObjectType(type, edges));
  const sdl = [resourceInterface(), labelEnum(nodeTypesOf(registry)), ...types].join('\n\n');
  return generated(
    'libs/graphql/src/generated/resource-types.ts',
    `// ${notice}
/** The GraphQL types of everything that is read, as SDL. */
export const resourceTypeDefs = /* GraphQL */ \`
${sdl.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}
\`;

/** Edge fields by label: which edge type a field follows. */
export const edgeFields: Readonly<Record<string, Readonly<Record<string, string>>>> = ${JSON.stringify(edgeFields(edges))};
`,
  );
}

function resourceInterface(): string {
  const fields = Object.entries(fieldsOfAll).map(([name, { type, description }]) => toField(name, type, description));
  return `${describe('Something that was read from AWS, or that something read points to.')}
interface Resource {
${fields.join('\n')}
}`;
}

function labelEnum(types: readonly NodeType[]): string {
  const values = types.map(({ label, description }) => `${describe(description, '  ')}\n  ${label}`);
  return `${describe('The kinds of things that are read, as lists are narrowed to them.')}
enum ResourceLabel {
${values.join('\n')}
}`;
}

const fieldsOfAll: Readonly<Record<string, { readonly type: string; readonly description: string }>> = {
  id: { type: 'ID!', description: 'The ARN where it has one; unique over the whole graph.' },
  label: { type: 'String!', description: 'Its kind: `S3Bucket`.' },
  name: { type: 'String', description: 'What people call it.' },
  ...Object.fromEntries(
    Object.entries(commonProperties).map(([name, property]) => [
      name,
      { type: toGraphqlType(property), description: property.description },
    ]),
  ),
};

function toObjectType(type: NodeType, edges: readonly EdgeType[]): string {
  const shared = Object.entries(fieldsOfAll).map(([name, field]) => toField(name, field.type, field.description));
  const own = Object.entries(type.properties)
    .filter(([name]) => !(name in fieldsOfAll))
    .map(([name, property]) => toField(name, toGraphqlType(property), property.description));
  const outgoing = edges.filter(({ from }) => from === type.label);
  const ways = [...new Set(outgoing.map((edge) => edge.type))].map((way) => {
    const sentences = new Set(outgoing.filter((edge) => edge.type === way).map(({ sentence }) => sentence));
    return `${describe([...sentences].join(' '), '  ')}\n  ${toFieldName(way)}(${describe('How many of them, 500 at most.')} first: Int! = 100, ${describe('The cursor to go on after.')} after: String): RelatedConnection!`;
  });
  return `${describe(type.description)}
type ${type.label} implements Resource {
${[...shared, ...own, ...ways].join('\n')}
}`;
}

function toField(name: string, type: string, description: string): string {
  return `${describe(description, '  ')}\n  ${name}: ${type}`;
}

function toGraphqlType({ type }: PropertyDeclaration): string {
  switch (type) {
    case 'string':
    case 'date':
    case 'json':
      return 'String';
    case 'number':
      return 'Float';
    case 'boolean':
      return 'Boolean';
    case 'strings':
      return '[String!]';
  }
}

function edgeFields(edges: readonly EdgeType[]): Record<string, Record<string, string>> {
  const fields: Record<string, Record<string, string>> = {};
  for (const { from, type } of edges) fields[from] = { ...fields[from], [toFieldName(type)]: type };
  return fields;
}

/** `ENCRYPTED_WITH` as a field: `encryptedWith`. */
function toFieldName(edgeType: string): string {
  return edgeType.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function describe(text: string, indent = ''): string {
  return `${indent}${JSON.stringify(text)}`;
}
