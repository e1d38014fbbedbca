import path from 'node:path';
import { exitCode, UserError } from '@ag/model';
import { javaHome } from '../environment.ts';
import { run } from '../process/run.ts';

const oldestJava = 17;

/** A Java that Neo4j runs on: JAVA_HOME's, else the one on the path. */
export async function findJava(): Promise<string> {
  const home = javaHome();
  const candidates = [...(home === undefined ? [] : [path.join(home, 'bin', 'java')]), 'java'];
  const tooOld: string[] = [];
  for (const java of candidates) {
    const { code, output } = await run(java, ['-version']);
    if (code !== 0) continue;
    const version = parseJavaVersion(output);
    if (version !== undefined && version >= oldestJava) return java;
    tooOld.push(`\`${java}\` is version ${version ?? 'unknown'}`);
  }
  const found = tooOld.length === 0 ? 'none was found in JAVA_HOME or on the PATH' : tooOld.join(' and ');
  throw new UserError(`Neo4j needs Java ${oldestJava} or newer, and ${found}`, exitCode.usage);
}

/** The feature version in what `java -version` prints: 17 for `17.0.15`, 8 for `1.8.0_392`. */
export function parseJavaVersion(output: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  if (first === undefined) return undefined;
  return first === '1' && second !== undefined ? Number(second) : Number(first);
}
