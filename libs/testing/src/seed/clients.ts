import type { ClientClass } from '@ag/resource';

/** What of an SDK client's middleware is used here; every client fits. */
interface Stack {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: HeaderArgs) => Promise<never>) => (args: HeaderArgs) => Promise<never>,
      options: { readonly step: 'build'; readonly name: string },
    ): void;
  };
}
interface HeaderArgs {
  readonly request: unknown;
}

/** Makes clients of any account of the emulator, which believes a header. */
export interface Accounts {
  client<Client>(type: ClientClass<Client>, account: string, region?: string): Client;
  close(): void;
}

export function openAccounts(endpoint: string, homeRegion: string): Accounts {
  const made = new Map<string, unknown>();
  const all: { destroy(): void }[] = [];
  return {
    client(type, account, region = homeRegion) {
      const key = `${type.name}/${account}/${region}`;
      const known = made.get(key);
      if (known instanceof type) return known;
      const client = new type({
        // S3 Control puts the account before the host, which is no name before an address of digits.
        endpoint: endpoint.replace('127.0.0.1', 'localhost'),
        region,
        forcePathStyle: true,
        maxAttempts: 2,
        credentials: { accessKeyId: 'seed', secretAccessKey: 'seed' },
      });
      if (isStack(client)) {
        client.middlewareStack.add(
          (next) => (args) => {
            if (hasHeaders(args.request)) args.request.headers['x-moto-account-id'] = account;
            if (hasHostname(args.request)) args.request.hostname = '127.0.0.1';
            return next(args);
          },
          { step: 'build', name: 'account' },
        );
        all.push(client);
      }
      made.set(key, client);
      return client;
    },
    close() {
      for (const client of all) client.destroy();
    },
  };
}

function isStack(client: unknown): client is Stack & { destroy(): void } {
  return typeof client === 'object' && client !== null && 'middlewareStack' in client && 'destroy' in client;
}

function hasHeaders(request: unknown): request is { headers: Record<string, string> } {
  return typeof request === 'object' && request !== null && 'headers' in request;
}

function hasHostname(request: unknown): request is { hostname: string } {
  return typeof request === 'object' && request !== null && 'hostname' in request;
}
