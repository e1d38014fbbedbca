import { GetPolicyCommand, LambdaClient, paginateListAliases } from '@aws-sdk/client-lambda';
import { defineResource, string, strings } from '@ag/resource';
import { functionArn, listFunctions } from './function-configuration.ts';

export const functionAlias = defineResource('LambdaFunctionAlias', {
  description: 'A name for one or two versions of a function, with a policy of its own. It runs as the version’s role.',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html',
  scope: 'regional',
  client: LambdaClient,
})
  .list('lambda:ListFunctions', ({ client }) => listFunctions(client))
  .within('lambda:ListAliases', async function* ({ client }, { FunctionName }) {
    const pages = paginateListAliases({ client, pageSize: 50 }, { FunctionName });
    for await (const page of pages) yield* (page.Aliases ?? []).map((alias) => ({ ...alias, FunctionName }));
  })
  .detail('policy', 'lambda:GetPolicy', async ({ client }, { FunctionName, Name }) => {
    const answer = await client.send(new GetPolicyCommand({ FunctionName, Qualifier: Name }));
    return answer.Policy;
  })
  .node(({ item }) => item.AliasArn ?? '', {
    name: string('Its name.', ({ item }) => item.Name, { indexed: true }),
    description: string('What its owner wrote about it.', ({ item }) => item.Description),
    versions: strings('The versions that it stands for, `$LATEST` being the unpublished one.', ({ item }) =>
      versionsOf(item),
    ),
  })
  .edge('ALIAS_OF', 'LambdaFunction', 'It is a name for versions of the function.', ({ item }) =>
    functionArn({ FunctionArn: item.AliasArn }),
  )
  .edge('POINTS_TO', 'LambdaFunctionVersion', 'Who calls the alias runs the version.', ({ item }) =>
    versionsOf(item).flatMap((version) =>
      version === '$LATEST' ? [] : `${functionArn({ FunctionArn: item.AliasArn })}:${version}`,
    ),
  )
  .policy('resource', ({ policy }) => policy);

interface Alias {
  readonly FunctionVersion?: string | undefined;
  readonly RoutingConfig?:
    { readonly AdditionalVersionWeights?: Readonly<Record<string, number>> | undefined } | undefined;
}

/** An alias may send a part of the calls to a second version. */
function versionsOf({ FunctionVersion, RoutingConfig }: Alias): readonly string[] {
  const others = Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {});
  return [...new Set([...(FunctionVersion === undefined ? [] : [FunctionVersion]), ...others])].sort();
}
