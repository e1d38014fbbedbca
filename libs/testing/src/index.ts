export type * from './company.ts';
export { sampleCompany } from './sample-company/sample-company.ts';
export { readerRole } from './seed/seed-reader.ts';
export { reservedRoleName } from './seed/seed-identity-center.ts';
export { seed, type Seeded, type SeedOptions } from './seed/seed.ts';
export { startFaultProxy, type FaultProxy, type FaultProxyOptions } from './proxy/fault-proxy.ts';
export type { Fault, FaultHandle, FaultKind } from './proxy/faults.ts';
export { sampleQuestions, type SampleQuestion } from './sample-company/questions.ts';
export { openAccounts, type Accounts } from './seed/clients.ts';
