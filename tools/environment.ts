import { homedir, platform } from 'node:os';
import path from 'node:path';

/** The folder that downloaded servers are kept in, shared by every checkout on this machine. */
export function cacheFolder(): string {
  return process.env['ACCESSGRAPH_CACHE'] ?? path.join(userCacheFolder(), 'accessgraph');
}

/** Where a Java installation says it is. */
export function javaHome(): string | undefined {
  return process.env['JAVA_HOME'] || undefined;
}

/** The Neo4j server that the environment asks for, instead of one that we start. */
export function givenNeo4j(): { readonly uri: string; readonly user?: string; readonly password?: string } | undefined {
  const uri = process.env['NEO4J_URI'];
  if (!uri) return undefined;
  const user = process.env['NEO4J_USER'] ?? process.env['NEO4J_USERNAME'];
  const password = process.env['NEO4J_PASSWORD'];
  return { uri, ...(password ? { user: user ?? 'neo4j', password } : {}) };
}

/** This process's environment with some variables set. */
export function environmentWith(extra: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}

function userCacheFolder(): string {
  if (platform() === 'darwin') return path.join(homedir(), 'Library', 'Caches');
  if (platform() === 'win32') return process.env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local');
  return process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
}
