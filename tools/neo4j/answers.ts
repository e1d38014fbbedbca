import neo4j from 'neo4j-driver';

export interface Neo4jAddress {
  readonly uri: string;
  readonly user?: string;
  readonly password?: string;
}

/** Whether a server answers queries here. */
export async function answers(address: Neo4jAddress): Promise<boolean> {
  return (await ask(address, 'RETURN true AS value')) === true;
}

/** Whether a server answers here that keeps its data in this folder. */
export async function answersFrom(address: Neo4jAddress, directory: string): Promise<boolean> {
  return (await ask(address, `SHOW SETTINGS 'server.directories.neo4j_home' YIELD value`)) === directory;
}

/** How many nodes its database holds; `undefined` where no server answers. */
export async function countNodes(address: Neo4jAddress): Promise<number | undefined> {
  const count = await ask(address, 'MATCH (node) RETURN toString(count(node)) AS value');
  return typeof count === 'string' ? Number(count) : undefined;
}

// `undefined` where nothing answers: the callers ask again or start a server, so the reason does not matter.
async function ask(address: Neo4jAddress, query: string): Promise<unknown> {
  const auth = address.password === undefined ? undefined : neo4j.auth.basic(address.user ?? 'neo4j', address.password);
  const driver = neo4j.driver(address.uri, auth, { connectionTimeout: 2_000, maxTransactionRetryTime: 0 });
  try {
    const { records } = await driver.executeQuery(query);
    const value: unknown = records[0]?.get('value');
    return value;
  } catch {
    return undefined;
  } finally {
    await driver.close();
  }
}
