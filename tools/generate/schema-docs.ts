import { type EdgeType, type NodeType, commonProperties, edgeTypesOf, nodeTypesOf } from '@ag/resource';
import { type Source, serviceOf, toRegistry } from './find-sources.ts';
import { type GeneratedFile, generated, notice } from './generated-file.ts';

/** One page for each service: a diagram, then each kind of node with its properties and edges. */
export function schemaDocs(sources: readonly Source[]): Promise<readonly GeneratedFile[]> {
  const registry = toRegistry(sources);
  const edges = edgeTypesOf(registry);
  const pages = new Map<string, NodeType[]>();
  for (const type of nodeTypesOf(registry)) {
    const service = serviceOf(type.label, sources);
    pages.set(service, [...(pages.get(service) ?? []), type]);
  }
  const homes = new Map([...pages].flatMap(([service, types]) => types.map(({ label }) => [label, service] as const)));
  const files = [...pages].map(([service, types]) =>
    generated(`docs/schema/${service}.md`, toPage({ service, types, edges, homes })),
  );
  return Promise.all([...files, generated('docs/schema/README.md', toIndex(pages))]);
}

interface Page {
  readonly service: string;
  readonly types: readonly NodeType[];
  readonly edges: readonly EdgeType[];
  /** The page of each label. */
  readonly homes: ReadonlyMap<string, string>;
}

function toPage({ service, types, edges, homes }: Page): string {
  const labels = new Set(types.map(({ label }) => label));
  const about = edges.filter(({ from, target }) => labels.has(from) || labels.has(target));
  const sections = types.map((type) => toSection(type, edges, homes));
  return [`<!-- ${notice} -->`, `# ${service}`, toDiagram(about), ...sections].join('\n\n');
}

function toDiagram(edges: readonly EdgeType[]): string {
  if (edges.length === 0) return '';
  const lines = edges.map(({ from, type, target }) => `  ${from} -->|${type}| ${target}`);
  return ['```mermaid', 'graph LR', ...lines, '```'].join('\n');
}

function toSection(type: NodeType, edges: readonly EdgeType[], homes: ReadonlyMap<string, string>): string {
  const outgoing = edges.filter(({ from }) => from === type.label);
  const incoming = edges.filter(({ target }) => target === type.label || type.roles.some((role) => role === target));
  const labels = ['Entity', type.label, ...type.roles].map((label) => `\`:${label}\``).join(' ');
  return [
    `## ${type.label}`,
    `${type.description} [AWS documentation](${type.docs}).`,
    `Labels: ${labels}`,
    propertyTable(type),
    edgeTable(outgoing, incoming, homes),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function propertyTable(type: NodeType): string {
  const common: NodeType['properties'] = type.roles.includes('AwsResource') ? commonProperties : {};
  const rows = Object.entries({ ...common, ...type.properties })
    .filter(([name]) => name !== 'unreadPolicies' || type.policies.length > 0)
    .map(([name, property]) => {
      const indexed = property.indexed ? ' Indexed.' : '';
      return `| \`${name}\` | ${property.type} | ${escape(property.description)}${indexed} |`;
    });
  return table(['Property', 'Type', 'Meaning'], rows);
}

function edgeTable(
  outgoing: readonly EdgeType[],
  incoming: readonly EdgeType[],
  homes: ReadonlyMap<string, string>,
): string {
  const rows = [
    ...outgoing.map(
      ({ type, target, sentence }) => `| \`-[:${type}]->\` | ${link(target, homes)} | ${escape(sentence)} |`,
    ),
    ...incoming.map(({ type, from, sentence }) => `| \`<-[:${type}]-\` | ${link(from, homes)} | ${escape(sentence)} |`),
  ];
  return rows.length === 0 ? '' : table(['Edge', 'Other end', 'Meaning'], rows);
}

function table(titles: readonly string[], rows: readonly string[]): string {
  return [`| ${titles.join(' | ')} |`, `| ${titles.map(() => '---').join(' | ')} |`, ...rows].join('\n');
}

function link(label: string, homes: ReadonlyMap<string, string>): string {
  const home = homes.get(label);
  return home === undefined ? `\`:${label}\`` : `[${label}](${home}.md#${label.toLowerCase()})`;
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|');
}

function toIndex(pages: ReadonlyMap<string, readonly NodeType[]>): string {
  const rows = [...pages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, types]) => {
      const labels = types.map(({ label }) => `[${label}](${service}.md#${label.toLowerCase()})`).join(' · ');
      return `| [${service}](${service}.md) | ${labels} |`;
    });
  return [`<!-- ${notice} -->`, '# The graph', table(['Page', 'Nodes'], rows)].join('\n\n');
}
