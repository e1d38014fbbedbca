import { Writable } from 'node:stream';
import type { RefreshOptions } from '@ag/refresh';
import { SingleBar } from 'cli-progress';
import type { Io } from './io.ts';
import { progressText, shareDone } from './progress-text.ts';

interface ProgressDisplay {
  readonly show: NonNullable<RefreshOptions['onProgress']>;
  end(): void;
}

/** A bar with one line that is written over, where people look; nothing elsewhere. */
export function showProgress(io: Io, now: () => number = Date.now): ProgressDisplay {
  if (!io.isTerminal) return { show: () => undefined, end: () => undefined };
  const startedAt = now();
  const bar = new SingleBar({
    format: '{bar} {text}',
    barsize: 20,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: terminal(io),
    clearOnComplete: true,
    hideCursor: true,
  });
  let started = false;
  return {
    show(progress) {
      const text = progressText(progress, now() - startedAt);
      const share = Math.round(shareDone(progress) * 1000);
      if (!started) bar.start(1000, share, { text });
      else bar.update(share, { text });
      started = true;
    },
    end() {
      if (started) bar.stop();
      started = false;
    },
  };
}

/** The error stream as the bar wants it; whether people see it is known already. */
function terminal(io: Io): Writable {
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      io.err(chunk.toString());
      done();
    },
  });
  return Object.assign(stream, { isTTY: true });
}
