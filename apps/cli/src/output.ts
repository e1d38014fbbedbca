import { stringify } from 'csv-stringify/sync';
import type { Io } from './io.ts';

export const formats = ['table', 'json', 'ndjson', 'csv'] as const;
export type Format = (typeof formats)[number];

/** One answer in all the forms that it can be printed in. */
export interface Answer {
  /** The whole answer, for `json`. */
  readonly value: unknown;
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** Lines above the table. */
  readonly head?: readonly string[];
  /** Lines below the table: what it is as of, and what could not be read. */
  readonly foot?: readonly string[];
  /** Shown in the place of an empty table. */
  readonly empty?: string;
}

/** Prints an answer: data on stdout; where the form has no place for the foot, that goes to stderr. */
export function print(io: Io, format: Format, answer: Answer): void {
  const foot = (answer.foot ?? []).map((line) => `${clean(line)}\n`).join('');
  switch (format) {
    case 'json':
      io.out(`${JSON.stringify(answer.value, undefined, 2)}\n`);
      return;
    case 'ndjson':
      for (const row of answer.rows) io.out(`${JSON.stringify(row)}\n`);
      io.err(foot);
      return;
    case 'csv':
      // A spreadsheet takes a cell that begins so for a formula.
      io.out(stringify([...answer.rows], { header: true, columns: [...answer.columns], escape_formulas: true }));
      io.err(foot);
      return;
    case 'table':
      io.out(toText(answer, foot));
  }
}

function toText({ head = [], columns, rows, empty }: Answer, foot: string): string {
  const body = rows.length === 0 ? `${empty ?? 'nothing'}\n` : table(columns, rows);
  return `${head.map((line) => `${clean(line)}\n`).join('')}${head.length > 0 ? '\n' : ''}${body}${foot === '' ? '' : `\n${foot}`}`;
}

function table(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string {
  const cells = [
    columns.map((column) => column.toUpperCase()),
    ...rows.map((row) => columns.map((column) => clean(row[column] ?? ''))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => width(line[index] ?? ''))));
  return cells
    .map(
      (line) =>
        `${line
          .map((cell, index) => pad(cell, widths[index] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Names and messages come from AWS: a control character in one must not move the cursor of whoever reads. */
export function clean(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '·');
}

function width(text: string): number {
  return [...text].length;
}

function pad(text: string, to: number): string {
  return text + ' '.repeat(Math.max(0, to - width(text)));
}
