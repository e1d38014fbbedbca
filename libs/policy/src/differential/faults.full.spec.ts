import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { type Fault, faults } from '../../cases/faults.ts';
import type { compare } from './compare.ts';

test.each(faults)('$rule: it is found that $breaks', async (fault) => {
  const compareBroken = await withFault(fault);

  expect(compareBroken({ seed: 7, cases: 400_000, most: 1 }).differences).toHaveLength(1);
});

const source = path.join(import.meta.dirname, '..');

/** The comparison of both evaluators, with the engine broken in one place. Throws where the place is not there, or twice. */
async function withFault({ file, find, put }: Fault): Promise<typeof compare> {
  const broken = path.join(source, file);
  const text = await readFile(broken, 'utf8');
  const parts = text.split(find);
  if (parts.length !== 2) throw new Error(`\`${find}\` stands ${parts.length - 1} times in ${file}`);
  const folder = await mkdtemp(path.join(tmpdir(), 'accessgraph-fault-'));
  try {
    const outfile = path.join(folder, 'compare.mjs');
    await build({
      entryPoints: [path.join(import.meta.dirname, 'compare.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
      plugins: [
        {
          name: 'fault',
          setup: ({ onLoad }) => {
            onLoad({ filter: /\.ts$/ }, ({ path: file }) =>
              file === broken ? { contents: parts.join(put), loader: 'ts' } : undefined,
            );
          },
        },
      ],
    });
    const module: { readonly compare: typeof compare } = await import(pathToFileURL(outfile).href);
    return module.compare;
  } finally {
    await rm(folder, { recursive: true });
  }
}
