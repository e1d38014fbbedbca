import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import type { CredentialProvider, Credentials } from './credentials.ts';

import { quietSdk } from './environment.ts';

export interface StsOptions {
  readonly credentials: CredentialProvider;
  readonly region: string;
  readonly endpointUrl?: string | undefined;
  /** For tests: how long to wait for an answer, and how often to ask. */
  readonly requestTimeout?: number | undefined;
  readonly attempts?: number | undefined;
  readonly transport?: STSClientConfig['requestHandler'];
}

/** A role to assume, with what the trust policy may ask for. */
export interface RoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId?: string | undefined;
  readonly durationSeconds: number;
}

/** An STS client. It never waits without end: the SDK itself has no time-out. */
export function createSts({
  credentials,
  region,
  endpointUrl,
  requestTimeout = 15_000,
  attempts = 4,
  transport,
}: StsOptions): STSClient {
  quietSdk();
  return new STSClient({
    credentials,
    region,
    ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
    maxAttempts: attempts,
    requestHandler: transport ?? { connectionTimeout: 5_000, requestTimeout, throwOnRequestTimeout: true },
  });
}

/** Who the credentials belong to. */
export function getCaller(sts: STSClient): Promise<{ readonly account: string; readonly arn: string }> {
  return askAgain(async () => {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    if (Account === undefined || Arn === undefined) throw new SyntaxError('the answer names no account');
    return { account: Account, arn: Arn };
  });
}

/** Assumes a role. */
export function assumeRole(sts: STSClient, role: RoleRequest): Promise<Credentials> {
  return askAgain(async () => {
    const { Credentials: made } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName,
        DurationSeconds: role.durationSeconds,
        ...(role.externalId !== undefined && { ExternalId: role.externalId }),
      }),
    );
    if (!made?.AccessKeyId || !made.SecretAccessKey) throw new SyntaxError('the answer holds no credentials');
    return {
      accessKeyId: made.AccessKeyId,
      secretAccessKey: made.SecretAccessKey,
      ...(made.SessionToken !== undefined && { sessionToken: made.SessionToken }),
      ...(made.Expiration && { expiration: made.Expiration }),
    };
  });
}

/** Asks once more after what the SDK does not try again, and what may be over: an answer that is none, a request that came late. */
async function askAgain<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    if (!mayPass(error)) throw error;
    return ask();
  }
}

function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (
    error instanceof SyntaxError ||
    /^(ExpiredToken|ExpiredTokenException|RequestExpired|RequestTimeTooSkewed)$/.test(error.name)
  )
    return true;
  // What says success and cannot be parsed.
  const metadata: unknown = Reflect.get(error, '$metadata');
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return typeof status === 'number' && status < 300;
}
