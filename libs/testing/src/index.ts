export type * from './company.ts';
export { sampleCompany } from './sample-company/sample-company.ts';
export { readerRole } from './seed/seed-reader.ts';
export { reservedRoleName } from './seed/seed-identity-center.ts';
export { seed, type Seeded, type SeedOptions } from './seed/seed.ts';
