import { compareText } from '@ag/model';
import type { ObjectRef, Objects } from './objects.ts';

/** Sorts more values than memory holds. */
export interface Sorter<Value> {
  add(value: Value): Promise<void>;
  /** All values by key, those of one key together. May be asked more than once. */
  groups(): AsyncIterable<readonly Value[]>;
}

export interface SorterOptions<Value> {
  /** Where sorted parts are kept that do not fit; whoever gives it clears it away. */
  readonly objects: Objects;
  readonly keyOf: (value: Value) => string;
  readonly toLine: (value: Value) => string;
  readonly parse: (line: string) => Value | undefined;
  /** Characters that are held at once. */
  readonly length?: number;
}

interface Entry {
  readonly key: string;
  readonly line: string;
}

/** Holds lines until they are too many, writes them down in order, and reads all such parts in step. */
export function createSorter<Value>(options: SorterOptions<Value>): Sorter<Value> {
  const { objects, keyOf, toLine, parse, length = 8 * 1024 * 1024 } = options;
  const parts: ObjectRef[] = [];
  let held: Entry[] = [];
  let heldLength = 0;

  return {
    async add(value) {
      const line = toLine(value);
      held.push({ key: keyOf(value), line });
      heldLength += line.length;
      if (heldLength < length) return;
      parts.push(await objects.write(sorted().map((entry) => entry.line)));
      held = [];
      heldLength = 0;
    },
    groups,
  };

  async function* groups(): AsyncGenerator<readonly Value[]> {
    let group: Value[] = [];
    let current: string | undefined;
    for await (const { key, line } of merge([sorted(), ...parts.map(entriesOf)])) {
      const value = parse(line);
      if (value === undefined) throw new Error(`a line cannot be read back: \`${line.slice(0, 100)}\``);
      if (key !== current && group.length > 0) {
        yield group;
        group = [];
      }
      current = key;
      group.push(value);
    }
    if (group.length > 0) yield group;
  }

  function sorted(): Entry[] {
    return held.sort((a, b) => compareText(a.key, b.key));
  }

  async function* entriesOf(part: ObjectRef): AsyncGenerator<Entry> {
    for await (const line of objects.read(part)) {
      const value = parse(line);
      if (value !== undefined) yield { key: keyOf(value), line };
    }
  }
}

async function* merge(sources: readonly (Iterable<Entry> | AsyncIterable<Entry>)[]): AsyncGenerator<Entry> {
  const [only] = sources;
  if (only && sources.length === 1) {
    yield* only;
    return;
  }
  const readers = sources.map(readerOf);
  try {
    const heads = await Promise.all(readers.map(async (reader) => ({ reader, next: await reader.next() })));
    for (;;) {
      let least: (typeof heads)[number] | undefined;
      let leastKey = '';
      for (const head of heads) {
        if (head.next.done === true) continue;
        const { key } = head.next.value;
        if (least && compareText(key, leastKey) >= 0) continue;
        least = head;
        leastKey = key;
      }
      if (!least || least.next.done === true) return;
      yield least.next.value;
      least.next = await least.reader.next();
    }
  } finally {
    for (const reader of readers) await reader.return?.();
  }
}

function readerOf(source: Iterable<Entry> | AsyncIterable<Entry>) {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
}
