/** How much a search may still do. What is used up makes the answer `unsure`, so that no policy can make it take forever. */
export interface Budget {
  branches: number;
  /** Steps of automata and comparisons of values. */
  work: number;
}

/** Enough for any policy that people write, and a fraction of a second. */
export function newBudget(): Budget {
  return { branches: 20_000, work: 2_000_000 };
}
