import { STSClient } from '@aws-sdk/client-sts';
import { type Environment, quietSdk } from './environment.ts';
import type { ConnectionSettings } from './settings.ts';

/** The region that the SDK would take: the first one named, else that of the environment or the profile. */
export async function findDefaultRegion(
  { regions, profile }: ConnectionSettings,
  environment: Environment,
): Promise<string> {
  const named = regions?.[0] ?? environment['AWS_REGION'];
  if (named !== undefined && named !== '') return named;
  quietSdk();
  try {
    return await new STSClient(profile === undefined ? {} : { profile }).config.region();
  } catch {
    // IAM, STS and Organizations answer there for the whole commercial partition.
    return environment['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  }
}
