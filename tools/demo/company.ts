import { companyEnvironment, sampleCompany, sampleQuestions, seed, startFaultProxy } from '@ag/testing';
import type { DemoQuestion } from './questions.ts';

/** The sample company inside the emulator, behind the proxy that answers where the emulator is wrong. */
export interface DemoCompany {
  readonly endpoint: string;
  readonly regions: readonly string[];
  /** The credentials of the management account's reader, in the variables that the SDK reads. */
  readonly environment: Readonly<Record<string, string>>;
  readonly questions: readonly DemoQuestion[];
  stop(): Promise<void>;
}

/** Builds the sample company in an emulator. */
export async function buildCompany(upstream: string): Promise<DemoCompany> {
  const seeded = await seed({ endpoint: upstream, company: sampleCompany });
  const proxy = await startFaultProxy({ upstream, seeded });
  return {
    endpoint: proxy.endpoint,
    regions: sampleCompany.regions,
    environment: companyEnvironment(proxy.endpoint),
    questions: sampleQuestions(seeded),
    stop: () => proxy.stop(),
  };
}
