import neo4j from 'neo4j-driver';

export interface Neo4jAddress {
  readonly uri: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
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

/** Removes everything, in steps that fit in memory. */
export async function emptyDatabase(address: Neo4jAddress): Promise<void> {
  await ask(address, 'MATCH (node) CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 5000 ROWS');
}

/** The `value` of a query's first row; `undefined` where no server answers, or it refuses. */
export async function ask(
  address: Neo4jAddress,
  query: string,
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const { user = 'neo4j', password } = address;
  const auth = password === undefined ? undefined : neo4j.auth.basic(user, password);
  const driver = neo4j.driver(address.uri, auth, { connectionTimeout: 2_000, maxTransactionRetryTime: 0 });
  // A query that divides itself into transactions runs only outside of one.
  const session = driver.session();
  try {
    const { records } = await session.run(query, parameters);
    const value: unknown = records[0]?.get('value');
    return value;
  } catch {
    // The callers ask again, or start a server: the reason does not matter to them.
    return undefined;
  } finally {
    await session.close();
    await driver.close();
  }
}
