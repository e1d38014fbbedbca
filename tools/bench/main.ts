import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitCode } from '@ag/model';
import { build } from 'esbuild';

const benchmarks = ['decide'];

/** Runs one benchmark, compiled to plain JavaScript: what loads TypeScript on the fly adds to every function. */
async function main([name = '']: readonly string[]): Promise<number> {
  if (!benchmarks.includes(name)) {
    console.error(`accessgraph: there is no benchmark \`${name}\`: choose one of ${benchmarks.join(', ')}`);
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
    const child = spawn(process.execPath, [outfile], { stdio: 'inherit' });
    await once(child, 'exit');
    return child.exitCode ?? exitCode.unexpected;
  } finally {
    await rm(folder, { recursive: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
