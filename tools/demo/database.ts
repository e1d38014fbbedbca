import path from 'node:path';
import { exitCode, UserError } from '@ag/model';
import { givenNeo4j } from '../environment.ts';
import { answers, ask, emptyDatabase, type Neo4jAddress } from '../neo4j/ask.ts';
import { startNeo4j } from '../neo4j/neo4j.ts';
import { isPortFree } from '../process/port.ts';
import type { Stack } from '../process/stack.ts';

const boltPort = 7687;

/** The name under which the demo's data stands in the graph; what stands under another name is somebody's. */
export const demoConnection = 'demo';

/** An empty Neo4j for the demo: the given one, if nothing but an earlier demo is in it, or else one of its own. */
export async function openDatabase(folder: string, stack: Stack): Promise<Neo4jAddress> {
  const given = givenNeo4j();
  if (!given) {
    // Where other programs look first, unless one of them is there.
    const port = (await isPortFree(boltPort)) ? { port: boltPort } : {};
    return stack.keep(await startNeo4j({ directory: path.join(folder, 'neo4j'), heap: 1024, ...port }));
  }
  if (!(await answers(given))) {
    throw new UserError(
      `cannot query the Neo4j at \`${given.uri}\`: is it up, and is the password right?`,
      exitCode.database,
    );
  }
  const strangers = await ask(given, nodesOfOthers, { demoConnection });
  if (strangers !== '0') {
    throw new UserError(
      `the Neo4j at \`${given.uri}\` holds data that is not the demo's, which the demo will not touch: name an empty one`,
      exitCode.usage,
    );
  }
  await emptyDatabase(given);
  return given;
}

// Every collected node is an :Entity in a database whose scopes say which connection they were read through.
const nodesOfOthers = `
  MATCH (node)
  WHERE NOT (node:Entity OR node:Run OR node:Scope OR node:Current)
     OR (node:Scope AND node.connection <> $demoConnection)
     OR (node:Entity AND NOT EXISTS { (scope:Scope) WHERE scope.connection = $demoConnection })
  RETURN toString(count(node)) AS value
`;
