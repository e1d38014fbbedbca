import { expect, test } from 'vitest';
import { showProgress } from './progress.ts';

const progress = {
  accounts: 2,
  accountsBegun: 2,
  accountsDone: 1,
  scopes: 40,
  scopesDone: 20,
  calls: 50,
  gaps: 0,
};

function display(isTerminal: boolean): string {
  let written = '';
  let time = 0;
  const io = {
    environment: {},
    isTerminal,
    out: () => undefined,
    err: (text: string) => void (written += text),
    signal: new AbortController().signal,
  };
  const { show, end } = showProgress(io, () => (time += 5_000));
  show(progress);
  end();
  return written;
}

test('people see a bar with what was done and what is left, and it is gone at the end', () => {
  const written = display(true);

  const text = '██████████░░░░░░░░░░ 1 of 2 accounts, 20 scopes, 50 calls (10/s), 0 gaps, 5 s left';
  expect(written).toContain(text);
  // The line is cleared and the cursor shown again after all that was written.
  expect(written.lastIndexOf('\u001b[?25h')).toBeGreaterThan(written.lastIndexOf(text));
});

test('where no people look, nothing is written', () => {
  expect(display(false)).toBe('');
});
