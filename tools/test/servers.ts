import { givenNeo4j } from '../environment.ts';
import { installMoto } from '../moto/moto.ts';
import { findJava, installNeo4j } from '../neo4j/neo4j.ts';

/** Fetches the servers that tests and the demo start, so that a missing tool is known before anything runs. */
export async function installServers(): Promise<void> {
  const started = Date.now();
  const slow = setTimeout(() => console.log('Fetching Neo4j and the AWS emulator, once for this machine …'), 2_000);
  try {
    if (!givenNeo4j()) {
      // Before Maven, which needs a Java too and says so less clearly.
      await findJava();
      await installNeo4j();
    }
    await installMoto();
  } finally {
    clearTimeout(slow);
  }
  const seconds = (Date.now() - started) / 1000;
  if (seconds > 2) console.log(`Fetched in ${seconds.toFixed(0)} s.`);
}
