import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { type DefinitionNode, Kind, concatAST, parse } from 'graphql';
import { type GeneratedFile, generated, notice } from './generated-file.ts';

const path = 'libs/graphql/src/generated/resolvers.ts';

/** What our own values are behind the GraphQL types: resolvers are checked against these. */
const mappers: Readonly<Record<string, string>> = {
  Resource: '../inventory/resource-row.ts#ResourceRow',
  Collection: '@ag/graph#Current as CurrentValue',
  Scope: '@ag/model#ScopeRecord as ScopeRecordValue',
  Gap: '@ag/model#Gap as GapValue',
  Run: '@ag/model#RunInfo as RunInfoValue',
  StatementRef: '@ag/model#StatementRef as StatementRefValue',
  UnknownFact: '@ag/model#Unknown as UnknownValue',
  Decision: '@ag/model#Decision as DecisionValue',
  AllowedDecision: '../decision/decision-values.ts#AllowedValue',
  ConditionalDecision: '../decision/decision-values.ts#ConditionalValue',
  ExplicitlyDeniedDecision: '../decision/decision-values.ts#ExplicitlyDeniedValue',
  ImplicitlyDeniedDecision: '../decision/decision-values.ts#ImplicitlyDeniedValue',
  UnknownDecision: '../decision/decision-values.ts#UnknownDecisionValue',
  Grant: '@ag/model#Grant as GrantValue',
  StatementGrant: '../decision/decision-values.ts#StatementGrantValue',
  KmsKeyGrant: '../decision/decision-values.ts#KmsKeyGrantValue',
  AclGrant: '../decision/decision-values.ts#AclGrantValue',
  RootUserGrant: '../decision/decision-values.ts#RootUserGrantValue',
  PrincipalRef: '@ag/access#PrincipalRef as PrincipalRefValue',
  Hop: '@ag/access#Hop as HopValue',
  AccessRow: '@ag/access#AccessRow as AccessRowValue',
  CapabilityRow: '@ag/access#WhatCanRow as WhatCanRowValue',
  PossibleAction: '@ag/access#WhatCanAction as WhatCanActionValue',
  ExplainAnswer: '@ag/access#ExplainAnswer as ExplainAnswerValue',
  AccessPath: '@ag/access#Path as PathValue',
  PathsAnswer: '@ag/access#PathsAnswer as PathsAnswerValue',
  ExternalAccessRow: '@ag/access#ExternalRow as ExternalRowValue',
  Way: '@ag/access#Way as WayValue',
  Explanation: '../explain/explain-values.ts#ExplanationValue',
  LayerExplanation: '../explain/explain-values.ts#LayerExplanationValue',
  Suggestion: '../explain/explain-values.ts#SuggestionValue',
  ResourceConnection: '../inventory/list-resources.ts#ResourceList',
  RelatedEdge: '../related/load-related.ts#RelatedEdgeValue',
  ScopeConnection: '../collection/scope-list.ts#ScopeList',
};

/** The types of the GraphQL resolvers, from the SDL of the features. */
export async function graphqlResolvers(root: string): Promise<GeneratedFile> {
  const file = pathToFileURL(join(root, 'libs', 'graphql', 'src', 'type-defs.ts')).href;
  const module: unknown = await import(file);
  const schema = concatAST(typeDefsOf(module).map((text) => parse(text)));
  const resources = schema.definitions.flatMap(resourceNames);
  const content = await codegen({
    filename: path,
    schema,
    documents: [],
    pluginMap: { typescript, typescriptResolvers },
    plugins: [{ typescript: {} }, { typescriptResolvers: {} }],
    config: {
      contextType: '../context.ts#GraphqlContext',
      mappers: { ...mappers, ...Object.fromEntries(resources.map((name) => [name, mappers['Resource']])) },
      useTypeImports: true,
      immutableTypes: true,
      enumsAsTypes: true,
      strictScalars: true,
      maybeValue: 'T | null | undefined',
      emitLegacyCommonJSImports: false,
    },
  });
  return generated(path, `// ${notice}\n${content}`);
}

// Imported by its path, since the file that it makes is among those that the library's front door needs.
function typeDefsOf(module: unknown): readonly string[] {
  const found: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, 'typeDefs') : undefined;
  if (!Array.isArray(found)) throw new Error(`libs/graphql/src/type-defs.ts exports no \`typeDefs\``);
  return found.map(String);
}

function resourceNames(definition: DefinitionNode): readonly string[] {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
  const isResource = definition.interfaces?.some(({ name }) => name.value === 'Resource');
  return isResource ? [definition.name.value] : [];
}
