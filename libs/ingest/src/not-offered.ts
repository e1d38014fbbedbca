import { regionsWithout } from './service-regions.ts';

/** The service is not there in the region, so nothing of it can be either. */
export class NotOfferedError extends Error {
  constructor(hostname: string, options?: ErrorOptions) {
    super(`\`${hostname}\` does not exist: AWS does not offer the service there`, options);
    this.name = 'NotOfferedError';
  }
}

/**
 * Knows a service that a region does not have by two signs together: its name does not resolve, and the table knows the region and
 * no endpoint of the service in it. One sign alone is an outage, or a table that is older than the service.
 */
export function findNotOffered(error: unknown, region: string): NotOfferedError | undefined {
  const hostname = unresolvedName(error);
  if (hostname === undefined) return undefined;
  const end = hostname.indexOf(`.${region}.`);
  const isAbsent = end > 0 && regionsWithout[hostname.slice(0, end)]?.includes(region);
  return isAbsent ? new NotOfferedError(hostname, { cause: error }) : undefined;
}

function unresolvedName(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOTFOUND') return undefined;
  return 'hostname' in error && typeof error.hostname === 'string' ? error.hostname : undefined;
}
