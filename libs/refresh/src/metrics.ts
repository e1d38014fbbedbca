import { type ExitCode, exitCode, gapReasons, scopeStates } from '@ag/model';
import { Counter, Gauge, Registry } from 'prom-client';
import type { CollectionFigures } from './collection-figures.ts';

/** How a run ended. */
export type RunOutcome = 'complete' | 'partial' | 'interrupted' | 'failed';

/** What Prometheus may ask for. Labels are words of ours and names of services: no account, no ARN, no message. */
export interface Metrics {
  readonly contentType: string;
  /** Takes the figures of the newest run. */
  observe(figures: CollectionFigures): void;
  /** Counts a run and the calls that it made, by account, then by action. */
  runEnded(outcome: RunOutcome, calls?: Readonly<Record<string, Readonly<Record<string, number>>>>): void;
  text(): Promise<string>;
}

export interface MetricsOptions {
  readonly now?: () => Date;
  /** Whether this program runs the collector; the API makes no calls and no runs. */
  readonly collects: boolean;
}

export function createMetrics({ now = () => new Date(), collects }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name: `accessgraph_${name}`, help, labelNames: [...labelNames], registers });
  let oldestCarriedAt: string | undefined;

  const scopes = gauge('scopes', 'Scopes by the state of the last attempt to read them.', ['state']);
  const gaps = gauge('gaps', 'What could not be read, by reason.', ['reason']);
  const held = gauge('held_scopes', 'Scopes with a reading that waits to be confirmed.');
  const uncollected = gauge('uncollected_nodes', 'What is referred to and was not read, by reason.', ['reason']);
  const lastRun = gauge('last_successful_run_timestamp_seconds', 'When the run ended that the graph is as of.');
  const age = new Gauge({
    name: 'accessgraph_oldest_carried_scope_age_seconds',
    help: 'Age of the oldest content that the newest run did not read itself; 0 where it read everything.',
    registers,
    collect() {
      const readAt = oldestCarriedAt === undefined ? now().getTime() : Date.parse(oldestCarriedAt);
      this.set(Math.max(0, (now().getTime() - readAt) / 1000));
    },
  });
  age.set(0);
  const calls = collects
    ? new Counter({
        name: 'accessgraph_aws_calls_total',
        help: 'Requests to AWS, retries too, by service.',
        labelNames: ['service'],
        registers,
      })
    : undefined;
  const runs = collects
    ? new Counter({ name: 'accessgraph_runs_total', help: 'Runs by outcome.', labelNames: ['outcome'], registers })
    : undefined;
  for (const outcome of outcomes) runs?.inc({ outcome }, 0);

  return {
    contentType: registry.contentType,
    observe(figures) {
      for (const state of scopeStates) scopes.set({ state }, figures.scopes[state] ?? 0);
      for (const reason of gapReasons) gaps.set({ reason }, figures.gaps[reason] ?? 0);
      held.set(figures.held);
      uncollected.reset();
      for (const [reason, count] of Object.entries(figures.uncollected)) uncollected.set({ reason }, count ?? 0);
      lastRun.set(Date.parse(figures.run.finishedAt) / 1000);
      oldestCarriedAt = figures.oldestCarriedAt;
    },
    runEnded(outcome, byAccount = {}) {
      runs?.inc({ outcome });
      for (const actions of Object.values(byAccount)) {
        for (const [action, count] of Object.entries(actions)) {
          calls?.inc({ service: action.split(':')[0] ?? action }, count);
        }
      }
    },
    text: () => registry.metrics(),
  };
}

const outcomes = ['complete', 'partial', 'interrupted', 'failed'] as const satisfies readonly RunOutcome[];

/** The outcome that a run's exit code tells. */
export function outcomeOf(code: ExitCode): RunOutcome {
  if (code === exitCode.ok) return 'complete';
  if (code === exitCode.partial) return 'partial';
  return code === exitCode.interrupted ? 'interrupted' : 'failed';
}
