/** Runs `read` over the items, a few at a time. Results come in the items' order; the first error stops the rest. */
export async function each<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  read: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.entries();
  let failed = false;

  async function work(): Promise<void> {
    // All workers draw from one iterator, so that each item is read once.
    for (const [index, item] of rest) {
      if (failed) return;
      try {
        results[index] = await read(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}
