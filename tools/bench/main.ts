import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitCode } from '@ag/model';
import { build } from 'esbuild';

/** Each with the options of the process that runs it. */
const benchmarks: ReadonlyMap<string, readonly string[]> = new Map([
  // As it would be held to less than 512 MiB: otherwise V8 takes what there is.
  ['collect', ['--max-old-space-size=384']],
  ['decide', []],
]);

/** Runs one benchmark, compiled to plain JavaScript: what loads TypeScript on the fly adds to every function. */
async function main([name = '', ...options]: readonly string[]): Promise<number> {
  const flags = benchmarks.get(name);
  if (!flags) {
    const known = [...benchmarks.keys()].join(', ');
    console.error(`accessgraph: there is no benchmark \`${name}\`: choose one of ${known}`);
    return exitCode.usage;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-bench-'));
  try {
    const outfile = path.join(folder, `${name}.mjs`);
    await build({
      entryPoints: [path.join(import.meta.dirname, `${name}.ts`)],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      logLevel: 'error',
    });
    const child = spawn(process.execPath, [...flags, outfile, ...options], { stdio: 'inherit' });
    await once(child, 'exit');
    return child.exitCode ?? exitCode.unexpected;
  } finally {
    await rm(folder, { recursive: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
