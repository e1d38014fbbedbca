import type { Arenas } from './arena.ts';
import type { RunOutcome } from './check-run.ts';
import type { Violation } from './check-scopes.ts';
import { type Injection, runWith } from './nth-call.ts';
import type { Recording } from './recording.ts';

export interface LoopResult {
  readonly injection: Injection;
  readonly outcome: RunOutcome;
  readonly violations: readonly Violation[];
}

export interface LoopOptions {
  readonly arenas: Arenas;
  readonly present: Recording;
  readonly injections: readonly Injection[];
  /** Reads everything, and not only what the fault can touch. */
  readonly whole?: boolean;
  onResult?(result: LoopResult, done: number): void;
}

/** Runs one collection for each injection. */
export async function runLoop(options: LoopOptions): Promise<readonly LoopResult[]> {
  const { arenas, present, injections, whole = false, onResult } = options;
  const results: LoopResult[] = [];
  for (const injection of injections) {
    const arena = whole ? arenas.whole : await arenas.around(injection.call);
    const result = { injection, ...(await runWith(arena, present, injection)) };
    results.push(result);
    onResult?.(result, results.length);
  }
  return results;
}

/** What went wrong, one line each: what a test shows when it fails. */
export function violationsOf(results: readonly LoopResult[]): readonly string[] {
  return results.flatMap(({ injection: { index, type, call }, violations }) =>
    violations.map(
      ({ rule, what }) =>
        `${type.number} ${type.kind} ${type.lasts} at call ${index}, ${call.action}: ${rule}: ${what}`,
    ),
  );
}
