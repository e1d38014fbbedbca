// Who may import whom: the one table behind the Nx project tags and the lint rules. See docs/ARCHITECTURE.md.
// `platform`: `any` is pure and runs in a browser too (no Node built-ins), `server` runs in Node, `browser` in a page.

/** @typedef {{ readonly platform: 'any' | 'server' | 'browser', readonly may: readonly string[] }} Layer */

const libraries = ['model', 'resource', 'collector', 'registry', 'policy', 'snapshot', 'graph', 'audit', 'connect'];
const higherLibraries = ['ingest', 'usage', 'access', 'review', 'auth', 'graphql', 'refresh'];
const anyLibrary = [...libraries, ...higherLibraries];

/** @type {Readonly<Record<string, Layer>>} */
export const layers = {
  model: { platform: 'any', may: [] },
  resource: { platform: 'server', may: ['model'] },
  collector: { platform: 'server', may: ['resource', 'model'] },
  registry: { platform: 'server', may: ['collector', 'resource', 'model'] },
  policy: { platform: 'any', may: ['model'] },
  snapshot: { platform: 'server', may: ['model'] },
  graph: { platform: 'server', may: ['registry', 'resource', 'model'] },
  audit: { platform: 'server', may: ['graph', 'model'] },
  connect: { platform: 'server', may: ['graph', 'audit', 'registry', 'resource', 'model'] },
  ingest: { platform: 'server', may: ['registry', 'connect', 'snapshot', 'resource', 'model'] },
  usage: { platform: 'server', may: ['registry', 'connect', 'snapshot', 'resource', 'model'] },
  access: { platform: 'server', may: ['policy', 'registry', 'snapshot', 'model'] },
  review: { platform: 'server', may: ['access', 'usage', 'policy', 'graph', 'model'] },
  auth: { platform: 'server', may: ['graph', 'audit', 'model'] },
  graphql: { platform: 'server', may: ['review', 'access', 'graph', 'connect', 'auth', 'audit', 'model'] },
  refresh: { platform: 'server', may: ['connect', 'ingest', 'snapshot', 'usage', 'access', 'graph', 'model'] },
  ui: { platform: 'browser', may: [] },
  web: { platform: 'browser', may: ['ui'] },
  testing: { platform: 'server', may: anyLibrary },
  tools: { platform: 'server', may: [...anyLibrary, 'testing'] },
  app: { platform: 'server', may: [...anyLibrary, 'testing', 'tools'] },
};

/** What a specification may import on top of what its library may. */
export const alsoForSpecs = ['testing'];

/** Packages that only some layers may import: whoever else needs what they do asks the owner. */
export const owners = {
  'neo4j-driver': ['graph'],
  '@aws-sdk/*': ['snapshot', 'collector', 'registry', 'connect', 'ingest', 'usage', 'testing'],
  '@smithy/*': ['collector', 'registry', 'connect', 'ingest', 'usage', 'testing'],
  'p-queue': ['ingest'],
  bullmq: ['ingest'],
  ioredis: ['ingest'],
  '@cloud-copilot/*': ['access', 'tools'],
  commander: ['app'],
  croner: ['app'],
  'graphql-yoga': ['app'],
  react: ['ui', 'web'],
};

/**
 * The layer of a project folder such as `libs/graph`, by its name or by the shelf it stands on.
 * @param {string} folder
 */
export function layerOf(folder) {
  const [shelf, name, service] = folder.split('/');
  if (folder === 'tools') return 'tools';
  if (shelf === 'apps' && name !== undefined) return name === 'web' ? 'web' : 'app';
  if (shelf === 'libs' && name === 'collectors') return service === undefined ? 'registry' : 'collector';
  if (shelf === 'libs' && name !== undefined && isLibraryRow(name)) return name;
  throw new Error(
    `the folder \`${folder}\` has no row in tools/layers.mjs: add one that says what it may import, or give the code a place in a library that exists`,
  );
}

/**
 * The folders that files of a layer live in, as patterns for the linter.
 * @param {string} layer
 */
export function foldersOf(layer) {
  if (layer === 'tools') return ['tools'];
  if (layer === 'app') return ['apps/!(web)'];
  if (layer === 'web') return ['apps/web'];
  if (layer === 'registry') return ['libs/collectors'];
  if (layer === 'collector') return ['libs/collectors/*'];
  return [`libs/${layer}`];
}

/** @param {string} name */
function isLibraryRow(name) {
  return name in layers && !['collector', 'registry', 'web', 'tools', 'app'].includes(name);
}
