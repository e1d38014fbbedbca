import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Credentials } from '@ag/connect';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** How a client is told to send. */
export interface HandlerSettings {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
}

/** Whether a client of the SDK took the settings for the handler that they describe: releases before 2024 did. */
export function takesHandler(client: unknown): boolean {
  const handler = field(field(client, 'config'), 'requestHandler');
  return handler !== undefined && typeof field(handler, 'handle') !== 'function';
}

/**
 * What such a client needs in place of our usual settings: the handler itself, and credentials that it will not keep, since it
 * asks for others only when the ones it has run out, and not when we have dropped them.
 */
export function forOldClient(settings: HandlerSettings, provide: () => Promise<Credentials>) {
  return {
    requestHandler: new NodeHttpHandler(settings),
    credentials: async () => ({ ...(await provide()), expiration: new Date(0) }),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
