import type { ClientClass, Reader, Registry, ResourceDefinition } from '@ag/resource';
import { fullAnswer } from './full-answer.ts';

/** What a planted registry was asked, and what it answered. */
export interface Planted {
  readonly registry: Registry;
  /** Operations, each once, sorted. */
  operations(): readonly string[];
}

export interface PlantOptions {
  /** The answer in the place of the full one: thrown where it is an error. */
  readonly answer?: (operation: string, full: unknown) => unknown;
}

/**
 * The registry with clients that ask nobody: each call is answered at once from its operation's schema, with a secret wherever
 * AWS could give one. Whatever definitions and readers there are is covered.
 */
export function plantSecrets({ definitions, readers }: Registry, { answer = keep }: PlantOptions = {}): Planted {
  const asked = new Set<string>();

  function planted<Client>(type: ClientClass<Client>): ClientClass<Client> {
    return withAnswers(type, (operation, schema) => {
      asked.add(operation);
      const given = answer(operation, fullAnswer(operation, schema));
      if (given instanceof Error) throw given;
      return given;
    });
  }

  return {
    operations: () => [...asked].sort(),
    registry: {
      definitions: definitions.map((one): ResourceDefinition => ({ ...one, client: planted(one.client) })),
      readers: readers.map((reader): Reader => ({
        ...reader,
        read: (context) =>
          reader.read({
            ...context,
            client: (type, region, account) => context.client(planted(type), region, account),
          }),
      })),
    },
  };
}

function keep(_operation: string, full: unknown): unknown {
  return full;
}

interface Stack {
  readonly middlewareStack: {
    add(middleware: (next: unknown, context: Context) => () => Promise<unknown>, options: object): void;
  };
}

interface Context {
  readonly commandName?: string;
  readonly __smithy_context?: { readonly commandInstance?: { readonly schema?: unknown } };
}

/** The same class to the SDK's paginators; its clients' last step before the network is the answer. */
function withAnswers<Client>(
  type: ClientClass<Client>,
  answer: (operation: string, schema: unknown) => unknown,
): ClientClass<Client> {
  return new Proxy(type, {
    construct(target, [configuration]: [unknown]) {
      const client: unknown = new target(configuration);
      if (!isStack(client)) throw new Error(`\`${type.name}\` is not a client of the AWS SDK`);
      client.middlewareStack.add(
        (_next, context) => async () => {
          const schema = context.__smithy_context?.commandInstance?.schema;
          // [9, namespace, name, traits, input, output]
          const output: unknown = Array.isArray(schema) ? schema[5] : undefined;
          const operation = (context.commandName ?? '').replace(/Command$/, '');
          return { output: answer(operation, output), response: {} };
        },
        { step: 'initialize', priority: 'low', name: 'plantedAnswer' },
      );
      return client;
    },
  });
}

function isStack(value: unknown): value is Stack {
  return typeof value === 'object' && value !== null && 'middlewareStack' in value;
}
