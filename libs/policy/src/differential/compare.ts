import { decide } from '../decide.ts';
import type { Question } from '../types.ts';
import { type Pool, toPool, toQuestion } from './generate.ts';
import { type Random, toRandom } from './random.ts';
import { type Judgement, judge } from './second-evaluator.ts';

/** What two evaluators came to over many questions. */
export interface Comparison {
  /** How often the second evaluator gave which answer. */
  readonly mix: Readonly<Record<Judgement, number>>;
  /** The first few questions on which they differ. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly question: Question;
  readonly engine: string;
  readonly second: Judgement;
}

export interface Range {
  readonly seed: number;
  readonly cases: number;
  /** Stops when so many differences are found. */
  readonly most: number;
}

// So many questions are asked of the same policies, which take longer to make than to ask.
const questionsOfPool = 4000;

/** Asks the engine and the second evaluator the same generated questions of a closed world. */
export function compare({ seed, cases, most }: Range): Comparison {
  const mix = { allowed: 0, implicitlyDenied: 0, explicitlyDenied: 0 };
  const differences: Difference[] = [];
  let random: Random = toRandom(seed);
  let pool: Pool = toPool(random);
  for (let index = 0; index < cases && differences.length < most; index++) {
    if (index > 0 && index % questionsOfPool === 0) {
      random = toRandom(seed + index);
      pool = toPool(random);
    }
    const question = toQuestion(random, pool);
    const engine = decide(question).outcome;
    const second = judge(question);
    mix[second]++;
    if (engine !== second) differences.push({ question, engine, second });
  }
  return { mix, differences };
}
