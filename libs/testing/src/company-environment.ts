import { sampleCompany } from './sample-company/sample-company.ts';
import { readerRole } from './seed/seed-reader.ts';

/** The environment in which our programs read the sample company, whatever the shell's own says of AWS. */
export function companyEnvironment(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'demo',
    AWS_SECRET_ACCESS_KEY: 'demo',
    AWS_SESSION_TOKEN: '',
    AWS_PROFILE: '',
    AWS_REGION: sampleCompany.homeRegion,
    ACCESSGRAPH_ROLE_NAME: readerRole.name,
    ACCESSGRAPH_EXTERNAL_ID: readerRole.externalId,
    ACCESSGRAPH_REGIONS: sampleCompany.regions.join(','),
  };
}
