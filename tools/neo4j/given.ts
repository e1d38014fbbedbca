import { exitCode, UserError } from '@ag/model';
import { countNodes, type Neo4jAddress } from './ask.ts';

/** Refuses a given database that holds anything: the tests empty the one they use. */
export async function requireEmpty(given: Neo4jAddress): Promise<void> {
  const nodes = await countNodes(given);
  if (nodes === undefined) {
    throw new UserError(
      `cannot query the Neo4j at \`${given.uri}\`: is it up, and is the password right?`,
      exitCode.database,
    );
  }
  if (nodes === 0) return;
  throw new UserError(
    `the Neo4j at \`${given.uri}\` holds ${nodes} nodes, and the tests empty the database they use: name an empty one`,
    exitCode.usage,
  );
}
