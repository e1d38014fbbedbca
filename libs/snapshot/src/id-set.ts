import { createHash } from 'node:crypto';

const words = 4;
const initialCapacity = 1 << 12;

/**
 * Remembers which ids there are in 16 bytes each, for millions of them: the first half of their SHA-256. That two ids of one graph
 * share it is less likely than a disk that lies.
 */
export interface IdSet {
  add(id: string): void;
  has(id: string): boolean;
}

export function createIdSet(): IdSet {
  let capacity = initialCapacity;
  let table = new Uint32Array(capacity * words);
  let size = 0;

  return {
    add(id) {
      if (4 * (size + 1) > 3 * capacity) grow();
      const hash = hashOf(id);
      const slot = slotOf(hash);
      if (isTaken(slot)) return;
      table.set(hash, slot);
      size += 1;
    },
    has: (id) => isTaken(slotOf(hashOf(id))),
  };

  /** Where the hash stands, or would stand. */
  function slotOf(hash: Uint32Array): number {
    // INVARIANT: at least a quarter of the slots are free, so that the search ends.
    for (let at = (hash[0] ?? 0) & (capacity - 1); ; at = (at + 1) & (capacity - 1)) {
      const slot = at * words;
      if (!isTaken(slot) || hash.every((word, index) => table[slot + index] === word)) return slot;
    }
  }

  // The last word of a hash that is kept is never 0.
  function isTaken(slot: number): boolean {
    return table[slot + words - 1] !== 0;
  }

  function grow(): void {
    const old = table;
    capacity *= 2;
    table = new Uint32Array(capacity * words);
    for (let slot = 0; slot < old.length; slot += words) {
      const hash = old.subarray(slot, slot + words);
      if (hash[words - 1] !== 0) table.set(hash, slotOf(hash));
    }
  }
}

function hashOf(id: string): Uint32Array {
  const digest = createHash('sha256').update(id).digest();
  const hash = new Uint32Array(words);
  for (let index = 0; index < words; index++) hash[index] = digest.readUInt32LE(index * 4);
  hash[words - 1] ||= 1;
  return hash;
}
