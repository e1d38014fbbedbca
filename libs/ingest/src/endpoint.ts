import type { SdkClient } from './sdk-client.ts';

/** An address of our own choice, in a form that every client's rules for endpoints stand. */
export interface Endpoint {
  readonly url: string;
  readonly isLoopback: boolean;
  /** Leads a client's requests to the address. */
  apply(client: SdkClient): void;
}

const alias = 'accessgraph.localhost';

/**
 * S3 Control puts the account before the host, and calls `http://111122223333.127.0.0.1` no URL. So a loopback address is named,
 * and the name with whatever came before it is the address again before a request is signed.
 */
export function toEndpoint(endpointUrl: string | undefined): Endpoint | undefined {
  if (endpointUrl === undefined) return undefined;
  const url = new URL(endpointUrl);
  const { hostname } = url;
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  if (!isLoopback) return { url: endpointUrl, isLoopback, apply: () => undefined };

  url.hostname = alias;
  return {
    url: url.href,
    isLoopback,
    apply: ({ middlewareStack }) =>
      middlewareStack.add(
        (next) => (call) => {
          const { request } = call;
          if (isRequest(request) && request.hostname.endsWith(alias)) {
            // S3 puts a directory bucket before the host, whatever style of path is asked for.
            const [, bucket] = /^([^.]+--x-s3)\./.exec(request.hostname) ?? [];
            if (bucket !== undefined) request.path = `/${bucket}${request.path}`;
            request.hostname = hostname;
          }
          return next(call);
        },
        // Before the header `Host` is made of it.
        { step: 'build', name: 'accessGraphEndpoint', priority: 'high' },
      ),
  };
}

function isRequest(value: unknown): value is { hostname: string; path: string } {
  return typeof value === 'object' && value !== null && 'hostname' in value && typeof value.hostname === 'string';
}
