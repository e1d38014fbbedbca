import type { Readable } from 'node:stream';

/**
 * Where a store keeps its files: a folder, or a bucket. Names have slashes: `objects/<sha256>.ndjson.gz`,
 * `runs/<run>/manifest.json`. A reader sees each file as it was, as it is, or not at all, and never a part.
 */
export interface Storage {
  /** The names directly below a name, sorted. */
  list(below: string): Promise<readonly string[]>;
  /** A small file's text; `undefined` where there is none. */
  readText(name: string): Promise<string | undefined>;
  /** Writes a small file, or puts it in the place of what was there. */
  writeText(name: string, text: string): Promise<void>;
  /** A file's bytes. The stream fails where there is none, or where it is cut short. */
  read(name: string): Readable;
  /** A new local file, to be filled and then kept. */
  temporaryFile(): Promise<string>;
  /** Keeps a local file under a name that says what it holds: one that is there already is left, unless it is damaged. */
  keep(file: string, name: string): Promise<void>;
  /** Removes everything below a name. */
  remove(below: string): Promise<void>;
}

/** The storage itself does not answer: no object is damaged for that. */
export class StorageFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageFailure';
  }
}
