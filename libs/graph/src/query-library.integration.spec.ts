import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { edgeTypes, nodeTypes } from '@ag/collectors';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { emptyDatabase, queue, runOf, scope, sourceOf } from './fixtures.ts';
import { type Graph, openGraph } from './index.ts';

const folder = path.join(import.meta.dirname, '../../../docs/cypher');
const files = readdirSync(folder).filter((name) => name.endsWith('.cypher'));
const settings = { uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') };
let graph: Graph;

beforeAll(async () => {
  await emptyDatabase(settings);
  graph = await openGraph(settings);
  const lease = await graph.lease('test');
  const source = sourceOf({ run: runOf(1), nodes: [queue('a')], edges: [], scopes: [scope('SqsQueue')] });
  await graph.publish(source, lease);
  await lease.release();
});
afterAll(async () => {
  await graph.close();
  await emptyDatabase(settings);
});

test('there are at least ten questions, and the README lists each', () => {
  const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');

  expect(files.length).toBeGreaterThanOrEqual(10);
  expect(files.filter((name) => !readme.includes(`](${name})`))).toEqual([]);
});

test.each(files)('%s opens with its question, explains its parameters, and runs', async (name) => {
  const { question, examples, query } = parse(readFileSync(path.join(folder, name), 'utf8'));

  expect(question).toMatch(/\?/);
  expect(Object.keys(examples).sort()).toEqual([...new Set(query.match(/(?<=\$)\w+/g) ?? [])].sort());
  expect(Array.isArray(await graph.read(query, examples))).toBe(true);
});

test.each(files)('%s names only labels and edges that there are', (name) => {
  const query = parse(readFileSync(path.join(folder, name), 'utf8')).query.replaceAll(/'[^']*'/g, "''");
  const own = ['Entity', 'AwsResource', 'Principal', 'Person', 'Uncollected', 'Scope', 'Run', 'Current'];
  const labels = new Set([...own, ...nodeTypes().map(({ label }) => label)]);
  const types = new Set(['CAN_ASSUME', ...edgeTypes().map(({ type }) => type)]);

  const used = query.match(/(?<=[(\w]:|\b\w+:)[A-Z]\w+/g) ?? [];
  const crossed = [...query.matchAll(/\[\w*:([A-Z_|]+)/g)].flatMap(([, names = '']) => names.split('|'));

  expect(used.filter((label) => !labels.has(label) && !/^[A-Z_]+$/.test(label))).toEqual([]);
  expect(crossed.filter((type) => !types.has(type))).toEqual([]);
});

/** The parts of a file: its comment, an example for each parameter, and the query itself. */
function parse(text: string): {
  readonly question: string;
  readonly examples: Readonly<Record<string, string>>;
  readonly query: string;
} {
  const [comment = '', ...rest] = text.split('\n\n');
  const examples = [...comment.matchAll(/^\/\/ \$(\w+): .*such as '([^']+)'$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  return { question: comment.split('\n')[0] ?? '', examples: Object.fromEntries(examples), query: rest.join('\n\n') };
}
