export * from './company.ts';
export { sampleCompany } from './sample-company.ts';
