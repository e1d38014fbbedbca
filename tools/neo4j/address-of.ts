import type { GraphSettings } from '@ag/graph';
import type { Settings } from '@ag/refresh';
import { useLocalNeo4j } from './local.ts';

/** The Neo4j that the settings name, or else the local one, started where it does not run. */
export async function addressOf(settings: Settings): Promise<GraphSettings> {
  const { neo4jUri: uri, neo4jUser: user, neo4jPassword: password, neo4jDatabase: database } = settings;
  if (uri === undefined) return { ...(await useLocalNeo4j({ directory: settings.neo4jDirectory })), database };
  return { uri, user: user ?? (password === undefined ? undefined : 'neo4j'), password, database };
}
