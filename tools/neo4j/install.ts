import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCode, UserError } from '@ag/model';
import { installOnce } from '../cache/install-once.ts';
import { cacheFolder } from '../environment.ts';
import { lastLines, run } from '../process/run.ts';

const pom = fileURLToPath(new URL('pom.xml', import.meta.url));

// By its full name: finding a plugin by its short one is another download.
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** The folder with Neo4j's jars, fetched by Maven the first time. */
export async function installNeo4j(cache = cacheFolder()): Promise<string> {
  const hash = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex');
  return installOnce({ cache, name: `neo4j-${hash.slice(0, 12)}`, isWhole: existsSync, fill: fetchJars });
}

async function fetchJars(folder: string): Promise<void> {
  const maven = process.platform === 'win32' ? 'mvn.cmd' : 'mvn';
  const { code, output } = await run(
    maven,
    [
      '-q',
      '-B',
      '-Dstyle.color=never',
      '-f',
      pom,
      `${plugin}:copy-dependencies`,
      `-DoutputDirectory=${folder}`,
      '-DincludeScope=runtime',
    ],
    { directory: path.dirname(pom) },
  );
  if (code === undefined) {
    throw new UserError('Neo4j is fetched by Maven, and there is no `mvn` on the PATH', exitCode.usage);
  }
  if (code !== 0) {
    const said = output.split('\n').find((line) => line.includes('[ERROR]')) ?? lastLines(output, 1);
    const words = said.replace(/^.*\[ERROR\]\s*/, '').replace(/\s*->\s*\[Help 1\].*$/, '');
    throw new UserError(`Maven cannot fetch Neo4j: ${words}`, exitCode.usage);
  }
}
