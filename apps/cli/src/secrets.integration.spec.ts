import { compile } from '@ag/access';
import { registry } from '@ag/collectors';
import { cypher, openGraph } from '@ag/graph';
import { exitCode } from '@ag/model';
import { collectPlanted, findSecrets, plantSecrets } from '@ag/testing';
import { afterAll, expect, inject, test } from 'vitest';
import { openTool } from './open-tool.ts';
import { runProgram } from './program.ts';

const neo4j = { uri: inject('neo4jUri'), user: inject('neo4jUser'), password: inject('neo4jPassword') };
const graph = await openGraph(neo4j);
afterAll(() => graph.close());

test('no planted secret is in Neo4j or in anything that the command line prints (I14)', async () => {
  await collectPlanted(plantSecrets(registry).registry, async ({ snapshot }) => {
    const index = await compile(snapshot);
    const whole = await snapshot.withComputed('access', { nodes: [], edges: await index.canAssume() });
    await graph.migrate();
    const lease = await graph.lease('secrets');
    await graph.publish(whole, lease).finally(() => lease.release());

    const dump = [
      ...(await graph.read(cypher`MATCH (node) RETURN labels(node) AS labels, properties(node) AS properties`)),
      ...(await graph.read(cypher`MATCH ()-[edge]->() RETURN type(edge) AS type, properties(edge) AS properties`)),
    ];
    const printed = [
      await cli(['status', '--all', '-o', 'json']),
      await cli(['status', '--all']),
      await cli(['who-can', 'sqs:SendMessage', '*', '-o', 'json']),
      await cli(['who-can', 'kms:Decrypt', '*']),
      await cli(['config', '-o', 'json']),
    ];

    expect(dump.length).toBeGreaterThan(registry.definitions.length);
    expect(findSecrets(JSON.stringify(dump))).toEqual([]);
    expect(printed.flatMap(({ text }) => findSecrets(text))).toEqual([]);
    expect(printed[0]?.code).toBe(exitCode.ok);
  });
});

async function cli(args: readonly string[]) {
  let text = '';
  const write = (more: string) => void (text += more);
  const environment = { NEO4J_URI: neo4j.uri, NEO4J_USER: neo4j.user, NEO4J_PASSWORD: neo4j.password ?? '' };
  const io = { environment, isTerminal: false, out: write, err: write, signal: new AbortController().signal };
  const code = await runProgram(args, io, openTool);
  return { code, text };
}
