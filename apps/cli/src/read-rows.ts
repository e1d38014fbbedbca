import { readFile } from 'node:fs/promises';
import { UserError, exitCode } from '@ag/model';
import { type GoldRow, rowSchema } from '@ag/policy';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** One line of a file: a row, or why it is none. */
export type ReadRow =
  { readonly row: GoldRow } | { readonly fault: string; /** `file:line`. */ readonly place: string };

const isRow = new Ajv2020({ allowUnionTypes: true }).compile<GoldRow>(rowSchema);

/**
 * Reads files of one row a line; empty lines are left out, and a line that is no row is told with its place. A `UserError`
 * for a file that cannot be read or that holds no row.
 */
export async function readRows(files: readonly string[]): Promise<readonly ReadRow[]> {
  const rows = await Promise.all(files.map(readOne));
  return rows.flat();
}

async function readOne(file: string): Promise<readonly ReadRow[]> {
  const lines = (await readText(file)).split('\n');
  const rows = lines.flatMap((line, index) => (line.trim() === '' ? [] : [toRow(line, `${file}:${index + 1}`)]));
  if (rows.length === 0) throw new UserError(`\`${file}\` holds no rows`, exitCode.usage);
  return rows;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError(`cannot read \`${file}\``, exitCode.usage, { cause });
  }
}

function toRow(line: string, place: string): ReadRow {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { place, fault: 'not valid JSON' };
  }
  if (isRow(value)) return { row: value };
  const [first] = isRow.errors ?? [];
  const extra = first?.keyword === 'additionalProperties' ? ` \`${String(first.params['additionalProperty'])}\`` : '';
  return { place, fault: `no row: ${first?.instancePath ?? ''} ${first?.message ?? ''}${extra}` };
}
