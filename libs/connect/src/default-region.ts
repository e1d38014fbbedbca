import { STSClient } from '@aws-sdk/client-sts';
import { type Environment, quietSdk } from './environment.ts';
import type { ConnectionSettings } from './settings.ts';

/**
 * The region that STS is asked in: the environment's or the profile's, as the SDK would take it. One that was named to be read
 * comes after, since it may not be enabled.
 */
export async function findDefaultRegion(
  { regions, profile }: ConnectionSettings,
  environment: Environment,
): Promise<string> {
  const given = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? '';
  if (given !== '') return given;
  quietSdk();
  try {
    return await new STSClient(profile === undefined ? {} : { profile }).config.region();
  } catch {
    // STS and IAM answer there for every region of the commercial partition.
    return regions?.[0] ?? 'us-east-1';
  }
}
