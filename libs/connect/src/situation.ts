import type { STSClient } from '@aws-sdk/client-sts';
import type { CredentialProvider } from './credentials.ts';
import { findDefaultRegion } from './default-region.ts';
import { type Environment, readEnvironment } from './environment.ts';
import type { ConnectionSettings } from './settings.ts';
import { type RoleRequest, type StsOptions, createSts } from './sts.ts';

export interface ConnectionOptions {
  readonly environment?: Environment;
  readonly now?: () => Date;
  readonly sessionName?: string;
  /** How long assumed credentials live: 900 at least, 3600 at most where one role is assumed from another. */
  readonly durationSeconds?: number;
  /** For tests: the credentials to start from, how long STS may take, and how often it is asked. */
  readonly credentials?: CredentialProvider;
  readonly requestTimeout?: number;
  readonly attempts?: number;
  /** Answers in the network's place, for tests. */
  readonly transport?: StsOptions['transport'];
}

/** The settings with everything that the environment adds. */
export interface Situation {
  readonly settings: ConnectionSettings;
  /** The profile in force, for messages. */
  readonly profile: string | undefined;
  readonly endpointUrl: string | undefined;
  readonly region: string;
  /** Texts that no message may hold. */
  readonly secrets: readonly string[];
  now(): Date;
  sts(credentials: CredentialProvider): STSClient;
  /** The request for a role of ours. */
  toRequest(roleArn: string): RoleRequest;
}

/** Completes the settings from options and environment. */
export async function toSituation(settings: ConnectionSettings, options: ConnectionOptions): Promise<Situation> {
  const environment = options.environment ?? readEnvironment();
  const endpointUrl = settings.endpointUrl ?? environment['AWS_ENDPOINT_URL'];
  const region = await findDefaultRegion(settings, environment);
  const { externalId } = settings;
  const {
    requestTimeout,
    attempts,
    transport,
    sessionName = 'accessgraph',
    durationSeconds = 3600,
    now = () => new Date(),
  } = options;
  return {
    settings,
    profile: settings.profile ?? environment['AWS_PROFILE'],
    endpointUrl,
    region,
    secrets: externalId === undefined ? [] : [externalId],
    now,
    sts: (credentials) => createSts({ credentials, region, endpointUrl, requestTimeout, attempts, transport }),
    // 900 seconds is the least that STS gives: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    toRequest: (roleArn) => ({
      roleArn,
      sessionName,
      externalId,
      durationSeconds: Math.max(900, durationSeconds),
    }),
  };
}
