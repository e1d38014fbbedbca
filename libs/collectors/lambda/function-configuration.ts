import type { FunctionConfiguration, LambdaClient } from '@aws-sdk/client-lambda';
import { paginateListFunctions } from '@aws-sdk/client-lambda';

/** What is kept of a function or a version. */
export type KnownFunction = ReturnType<typeof withoutSecrets>;

/** The functions of a region; with `versions`, each with its published versions beside it. */
export async function* listFunctions(client: LambdaClient, versions = false): AsyncGenerator<KnownFunction> {
  const pages = paginateListFunctions({ client, pageSize: 50 }, versions ? { FunctionVersion: 'ALL' } : {});
  for await (const page of pages) yield* (page.Functions ?? []).map(withoutSecrets);
}

/** A listing of all versions names the unpublished one, which is the function itself, by `:$LATEST`. */
export function functionArn({ FunctionArn }: { readonly FunctionArn?: string | undefined }): string {
  return (FunctionArn ?? '').split(':').slice(0, 7).join(':');
}

/** The subnets that a function is attached to. */
export function subnetIds({ VpcConfig }: KnownFunction): readonly string[] {
  return VpcConfig?.SubnetIds ?? [];
}

/** The layer versions that a function's code is put together with. */
export function layerVersions({ Layers }: KnownFunction): readonly string[] {
  return (Layers ?? []).flatMap(({ Arn }) => Arn ?? []);
}

/** Lambda tells moments as text. */
export function toDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

// The listing answers with the values of environment variables, where people put secrets: they go no further than this.
function withoutSecrets({ Environment: _, ...rest }: FunctionConfiguration) {
  return rest;
}
