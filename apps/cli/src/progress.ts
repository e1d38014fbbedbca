import type { RefreshOptions } from '@ag/refresh';
import type { Io } from './io.ts';

interface Progress {
  readonly show: NonNullable<RefreshOptions['onProgress']>;
  end(): void;
}

/** One line that is written over, where people look; nothing elsewhere. */
export function showProgress(io: Io): Progress {
  let shown = false;
  return {
    show({ accounts, accountsDone, scopesDone }) {
      if (!io.isTerminal) return;
      shown = true;
      io.err(`\r\u001b[K${accountsDone} of ${accounts} accounts, ${scopesDone} scopes`);
    },
    end() {
      if (shown) io.err('\r\u001b[K');
      shown = false;
    },
  };
}
