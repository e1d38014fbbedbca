/** What was started, so that it can be ended in the reverse order, once. */
export interface Stack {
  /** Remembers how to end something, and gives it back. Something that started after the end began is ended at once. */
  keep<Thing extends { stop(): Promise<void> }>(thing: Thing): Promise<Thing>;
  stop(): Promise<void>;
}

export function createStack(): Stack {
  const things: { stop(): Promise<void> }[] = [];
  let ending: Promise<void> | undefined;

  async function stopAll(): Promise<void> {
    for (let thing = things.pop(); thing; thing = things.pop()) await thing.stop();
  }

  return {
    async keep(thing) {
      if (ending) {
        await thing.stop();
        throw new Error('started after the end began');
      }
      things.push(thing);
      return thing;
    },
    stop() {
      ending ??= stopAll();
      return ending;
    },
  };
}
