import { collectorPolicies } from './collector-policy.ts';
import { conformanceDocs } from './conformance-docs.ts';
import { findSources } from './find-sources.ts';
import { type GeneratedFile, findStale, writeFiles } from './generated-file.ts';
import { graphqlResolvers } from './graphql-resolvers.ts';
import { graphqlSchema } from './graphql-schema.ts';
import { registryFile } from './registry-file.ts';
import { resourceTypes } from './resource-types.ts';
import { schemaDocs } from './schema-docs.ts';

/** Writes what is generated from the definitions, or with `--check` names what is out of date and fails. */
const check = process.argv.includes('--check');
const root = process.cwd();

const sources = await findSources(root);
await finish([
  await registryFile(sources),
  ...(await collectorPolicies(sources)),
  ...(await schemaDocs(sources)),
  await resourceTypes(sources),
  await conformanceDocs(root),
]);
// Last, since the whole schema is made of what was just written.
await finish([await graphqlResolvers(root)]);
await finish(await graphqlSchema(root));

async function finish(files: readonly GeneratedFile[]): Promise<void> {
  if (!check) return writeFiles(root, files);
  for (const path of await findStale(root, files)) {
    console.error(`${path} is out of date: run \`npm run generate\``);
    process.exitCode = 1;
  }
}
