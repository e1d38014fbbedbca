/** What one thing takes: the median of several samples. */
export interface Measured {
  readonly name: string;
  readonly nanoseconds: number;
  /** Bytes that one round leaves for the garbage collector. */
  readonly bytes: number;
}

const samples = 9;
const millisecondsOfSample = 150;
const roundsOfHeap = 200;

/** Measures a piece of work; `index` counts its rounds, so that no two in turn need be the same. */
export function measure(name: string, work: (index: number) => unknown): Measured {
  const rounds = warmUp(work);
  const times: number[] = [];
  const sizes: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const started = performance.now();
    for (let index = 0; index < rounds; index++) work(index);
    times.push(((performance.now() - started) / rounds) * 1e6);
    // So few rounds that the garbage collector seldom comes in between.
    const heap = process.memoryUsage().heapUsed;
    for (let index = 0; index < roundsOfHeap; index++) work(index);
    sizes.push((process.memoryUsage().heapUsed - heap) / roundsOfHeap);
  }
  // A collection that comes in between after all makes the growth too small, never too large.
  return { name, nanoseconds: median(times), bytes: Math.max(0, ...sizes) };
}

// Until the compiler has settled, and to see how many rounds a sample needs.
function warmUp(work: (index: number) => unknown): number {
  const started = performance.now();
  let rounds = 0;
  while (performance.now() - started < 2 * millisecondsOfSample) work(rounds++);
  return Math.max(1, Math.round(rounds / 2));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Prints what was measured, one line each, and the memory of the whole. */
export function report(rows: readonly Measured[]): void {
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, nanoseconds, bytes } of rows) {
    const rate = Math.round(1e9 / nanoseconds)
      .toLocaleString('en')
      .padStart(11);
    const time = Math.round(nanoseconds).toLocaleString('en').padStart(9);
    console.log(
      `${name.padEnd(width)} ${rate} a second ${time} ns ${Math.round(bytes).toLocaleString('en').padStart(7)} bytes`,
    );
  }
  const { rss } = process.memoryUsage();
  console.log(`the whole process holds ${Math.round(rss / 1024 / 1024)} MiB`);
}
