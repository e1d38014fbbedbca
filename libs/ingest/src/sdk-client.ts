import type { Credentials } from '@ag/connect';
import type { RequestHandler } from './bounded-handler.ts';

type Values = Readonly<Record<string, unknown>>;

/** What the SDK tells a middleware of the command under way. */
interface CommandContext {
  readonly commandName?: string;
  readonly __smithy_context?: {
    readonly commandInstance?: { readonly schema?: unknown };
    /** There once the call was signed. */
    readonly selectedHttpAuthScheme?: { readonly identity?: unknown };
  };
}

export interface Answer {
  readonly output: unknown;
}

export interface Call {
  readonly input: Values;
  /** There from the step `build` on. */
  readonly request?: unknown;
}

export type Send = (call: Call) => Promise<Answer>;
export type Middleware = (next: Send, context: CommandContext) => Send;

export interface MiddlewareOptions {
  readonly step: 'initialize' | 'build';
  readonly name: string;
  readonly priority?: 'high';
}

/** The parts that every client of the AWS SDK has. */
export interface SdkClient {
  readonly config: {
    requestHandler: RequestHandler;
    /** The IAM prefix of its actions. */
    readonly defaultSigningName: string;
  };
  readonly middlewareStack: {
    add(middleware: Middleware, options: MiddlewareOptions): void;
  };
}

/** Whether it is a client of the AWS SDK: a definition names a class, and only `new` tells what comes of it. */
export function isSdkClient(value: unknown): value is SdkClient {
  if (!isRecord(value) || !isRecord(value['config']) || !isRecord(value['middlewareStack'])) return false;
  const { config, middlewareStack } = value;
  return (
    isRecord(config['requestHandler']) &&
    typeof config['defaultSigningName'] === 'string' &&
    typeof middlewareStack['add'] === 'function'
  );
}

/** The operation's name, and the schema of its answer. */
export function operationOf(context: CommandContext): { readonly operation: string; readonly output: unknown } {
  const operation = (context.commandName ?? '').replace(/Command$/, '');
  const schema = context.__smithy_context?.commandInstance?.schema;
  // [9, namespace, name, traits, input, output]
  return { operation, output: Array.isArray(schema) ? schema[5] : undefined };
}

/** The credentials that the call was signed with last; `undefined` where it came to no signature. */
export function identityOf(context: CommandContext): Credentials | undefined {
  const identity = context.__smithy_context?.selectedHttpAuthScheme?.identity;
  return isCredentials(identity) ? identity : undefined;
}

function isCredentials(value: unknown): value is Credentials {
  return isRecord(value) && typeof value['accessKeyId'] === 'string' && typeof value['secretAccessKey'] === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
