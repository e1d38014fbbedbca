import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type Connection, type CredentialProvider, type Credentials, quietSdk } from '@ag/connect';
import type { ClientClass } from '@ag/resource';
import { type Bounds, type RequestHandler, sendBounded } from './bounded-handler.ts';
import { type CallCounter, createCallCounter } from './call-counter.ts';
import { type PageGuard, checkAnswer, createPageGuard } from './check-answer.ts';
import { classifyError } from './classify-error.ts';
import { toEndpoint } from './endpoint.ts';
import { type Limiter, createLimiter } from './limiter.ts';
import { forOldClient, takesHandler } from './old-client.ts';
import { findNotOffered } from './not-offered.ts';
import { type Budget, type Clock, delayBefore, openBudget, systemClock } from './retry.ts';
import { type Answer, type Middleware, type SdkClient, identityOf, isSdkClient, operationOf } from './sdk-client.ts';

/** Bounds of one call and of one scope. Every loop ends (I13). */
export interface ClientSettings {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly maxBytes: number;
  readonly maxPages: number;
  readonly deadlineMs: number;
  readonly retries: number;
  /** Whether calls are held to AWS's rates. Not those to a loopback address, unless said: only we ask an emulator. */
  readonly isMetered?: boolean;
}

const usual: ClientSettings = {
  connectionTimeout: 5_000,
  requestTimeout: 30_000,
  maxBytes: 64 * 1024 * 1024,
  maxPages: 20_000,
  deadlineMs: 60 * 60_000,
  retries: 200,
};

export interface AwsClientsOptions {
  readonly connection: Pick<Connection, 'credentialsFor' | 'invalidate' | 'endpointUrl'>;
  readonly settings?: Partial<ClientSettings>;
  readonly clock?: Clock;
  /** Answers in the network's place, for tests. */
  readonly transport?: RequestHandler;
  /** Aborted with an `InterruptedError` as its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The one place that makes SDK clients. */
export interface AwsClients {
  /** Clients for reading one scope, which share its pages, its time and its retries. */
  openScope(place: { readonly account: string; readonly region: string }): ScopeClients;
  readonly counter: CallCounter;
  /** Closes the connections. */
  close(): void;
}

export interface ScopeClients {
  client<Client>(type: ClientClass<Client>, region?: string, account?: string): Client;
  close(): void;
}

/**
 * Clients whose calls are limited per account and service, retried, bounded in time and size, given new credentials once, and
 * checked for answers that only look like success. It is done beneath the SDK's paginators, so that definitions stay plain.
 */
export function createAwsClients(options: AwsClientsOptions): AwsClients {
  quietSdk();
  const { connection, settings, clock = systemClock, signal, transport } = options;
  const endpoint = toEndpoint(connection.endpointUrl);
  const bounds = { ...usual, ...settings };
  const counter = createCallCounter();
  const limiter = createLimiter({ clock, isMetered: bounds.isMetered ?? !endpoint?.isLoopback });
  const agent = { keepAlive: true, maxSockets: 128 };
  const agents = { httpAgent: new HttpAgent(agent), httpsAgent: new HttpsAgent(agent) };

  function make<Client>(type: ClientClass<Client>, region: string, credentials: CredentialProvider): Client {
    const handler = { ...agents, connectionTimeout: bounds.connectionTimeout, requestTimeout: 0 };
    const common = {
      region,
      maxAttempts: 1,
      followRegionRedirects: true,
      // One address answers for every bucket there.
      ...(endpoint && { endpoint: endpoint.url, forcePathStyle: true }),
    };
    const client = new type({ ...common, credentials, requestHandler: transport ?? handler });
    return takesHandler(client) ? new type({ ...common, ...forOldClient(handler, credentials) }) : client;
  }

  return {
    counter,
    openScope: ({ account: home, region: homeRegion }) => {
      const budget = openBudget({ deadlineMs: bounds.deadlineMs, retries: bounds.retries, clock, signal });
      const guardPage = createPageGuard(bounds.maxPages);
      const made = new Map<string, unknown>();

      return {
        client<Client>(type: ClientClass<Client>, region = homeRegion, account = home): Client {
          const key = `${type.name} ${region} ${account}`;
          const known = made.get(key);
          if (known instanceof type) return known;
          const client = make(type, region, uncached(connection.credentialsFor(account)));
          if (!isSdkClient(client)) throw new Error(`\`${type.name}\` is not a client of the AWS SDK`);
          const renew = (used: Credentials | undefined) => connection.invalidate(account, used);
          if (endpoint) endpoint.apply(client);
          boundClient(client, { ...bounds, signal: budget.signal });
          guardCalls(client, { account, region, guardPage, budget, clock, limiter, counter, renew });
          made.set(key, client);
          return client;
        },
        close: () => budget.close(),
      };
    },
    close() {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
  };
}

interface Guards {
  readonly account: string;
  readonly region: string;
  readonly guardPage: PageGuard;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly limiter: Limiter;
  readonly counter: CallCounter;
  /** Drops the credentials that a call was signed with, so that what was minted since is kept. */
  readonly renew: (used: Credentials | undefined) => void;
}

function guardCalls(client: SdkClient, guards: Guards): void {
  const { account, region, guardPage, budget, clock, limiter, counter, renew } = guards;
  const service = client.config.defaultSigningName;

  const middleware: Middleware = (next, context) => async (call) => {
    const { operation, output: schema } = operationOf(context);
    guardPage.ask(operation, call.input);

    async function attempt(): Promise<Answer> {
      stopIfOver(budget);
      counter.add(account, `${service}:${operation}`);
      const answer = await next(call);
      if (isRecord(answer.output)) {
        checkAnswer(operation, schema, answer.output);
        guardPage.answered(operation, answer.output);
      }
      budget.earn();
      return answer;
    }

    const limited = { account, region, service, operation, input: call.input, signal: budget.signal };
    for (let attempts = 1; ; attempts += 1) {
      try {
        // The place in the limiter is given back while we wait for the next attempt.
        return await limiter.run(limited, attempt);
      } catch (error) {
        const absent = findNotOffered(error, region);
        if (absent) throw absent;
        const { remedy } = classifyError(error);
        const delay = remedy === 'credentials' ? 0 : delayBefore(attempts, clock);
        if (budget.signal.aborted || !budget.allowsAfter(attempts, remedy, delay)) throw error;
        if (remedy === 'credentials') renew(identityOf(context));
        await clock.sleep(delay, budget.signal);
      }
    }
  };
  client.middlewareStack.add(middleware, { step: 'initialize', name: 'accessGraphGuard' });
}

function boundClient({ config }: SdkClient, bounds: Bounds): void {
  const inner = config.requestHandler;
  const handle: RequestHandler['handle'] = (request, options = {}) => sendBounded(inner, request, options, bounds);
  config.requestHandler = { handle };
}

function stopIfOver({ signal }: Budget): void {
  if (signal.aborted) throw signal.reason;
}

/** Else the SDK would keep what we drop. */
function uncached(provider: CredentialProvider): CredentialProvider {
  return Object.assign(() => provider(), { memoized: true });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
