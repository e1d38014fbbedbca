import { alsoForSpecs, foldersOf, layers, owners } from '../layers.mjs';

const specs = '**/*.spec.{ts,tsx}';
// Specifications may ask AWS or other packages themselves, but reach the database through its owner.
const neverInSpecs = Object.entries(owners).filter(([name]) => name === 'neo4j-driver');

/** Lint configurations that hold every project to its row of the layer table. */
export function boundaryRules() {
  return [
    { files: ['**/*.{ts,tsx,mts}'], rules: moduleBoundaries() },
    // The registry lists the services in the folders beside it, which are projects of their own.
    { files: ['libs/collectors/index.ts'], rules: moduleBoundaries({ allow: ['./*/*.ts'] }) },
    { files: [specs], rules: moduleBoundaries({ alsoMay: alsoForSpecs }) },
    ...Object.keys(layers).map(packagesOf),
    { files: [specs], rules: { 'no-restricted-imports': ['error', restricted(neverInSpecs)] } },
  ];
}

function moduleBoundaries({ alsoMay = [], allow = [] } = {}) {
  const byLayer = Object.entries(layers).map(([layer, { may }]) => ({
    sourceTag: `layer:${layer}`,
    onlyDependOnLibsWithTags: [layer, ...may, ...alsoMay].filter(isNotSibling(layer)).map((name) => `layer:${name}`),
  }));
  const byPlatform = [
    {
      sourceTag: 'platform:any',
      onlyDependOnLibsWithTags: ['platform:any', ...alsoMay.map((name) => `layer:${name}`)],
    },
    { sourceTag: 'platform:browser', onlyDependOnLibsWithTags: ['platform:any', 'platform:browser'] },
    { sourceTag: 'platform:server', notDependOnLibsWithTags: ['platform:browser'] },
  ];
  return {
    '@nx/enforce-module-boundaries': [
      'error',
      {
        allow,
        enforceBuildableLibDependency: false,
        depConstraints: [...byLayer, ...byPlatform],
        // A library's specification uses the sample company, which is built on that library.
        ignoredCircularDependencies: [['testing', '*']],
      },
    ],
  };
}

// A collector never imports another collector, nor an app another app, though they share a layer.
function isNotSibling(layer) {
  return (name) => !(name === layer && ['collector', 'app'].includes(layer));
}

function packagesOf(layer) {
  const foreign = Object.entries(owners).filter(([, mayImport]) => !mayImport.includes(layer));
  const restriction = restricted(foreign);
  if (layers[layer].platform !== 'server') {
    restriction.patterns.push({ group: ['node:*'], message: 'This code also runs in a page.' });
  }
  return {
    files: foldersOf(layer).map((folder) => `${folder}/**/*.{ts,tsx}`),
    ignores: [specs],
    rules: { 'no-restricted-imports': ['error', restriction] },
  };
}

function restricted(packages) {
  return {
    patterns: packages.map(([name, mayImport]) => ({
      group: [name, ...(name.endsWith('*') ? [] : [`${name}/*`])],
      message: `Only ${mayImport.join(', ')} may import it (tools/layers.mjs).`,
    })),
  };
}
