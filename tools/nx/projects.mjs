import path from 'node:path';
import { layerOf, layers } from '../layers.mjs';

// Makes every folder of apps/, libs/ and libs/collectors/ a project, so that none needs a project.json of its own.
export const name = 'accessgraph-projects';

export const createNodesV2 = [
  '{apps,libs,tools}/**/*.{ts,tsx}',
  (files) => {
    const folders = new Map();
    for (const file of files) {
      const folder = projectFolder(file);
      if (folder !== undefined && !folders.has(folder)) folders.set(folder, file);
    }
    return [...folders].map(([folder, file]) => [file, { projects: { [folder]: project(folder) } }]);
  },
];

function projectFolder(file) {
  const parts = file.split(path.sep).join('/').split('/');
  if (parts[0] === 'tools') return 'tools';
  const [shelf, library, service] = parts;
  // libs/collectors/index.ts is the registry; libs/collectors/<service>/… a collector.
  if (library === 'collectors' && parts.length > 3) return `${shelf}/${library}/${service}`;
  if (parts.length > 2) return `${shelf}/${library}`;
  throw new Error(`the file \`${file}\` stands outside any project: move it into a folder of \`${shelf}/\``);
}

function project(folder) {
  const layer = layerOf(folder);
  return {
    root: folder,
    name: projectName(folder),
    projectType: folder.startsWith('apps/') ? 'application' : 'library',
    tags: [`layer:${layer}`, `platform:${layers[layer].platform}`],
    targets: {
      lint: { command: `eslint ${folder}`, cache: true, inputs: ['all'] },
      // Never from a cache: a test that did not run is not green.
      test: { command: `vitest run --project unit ${folder}`, cache: false },
    },
  };
}

function projectName(folder) {
  const [shelf, ...rest] = folder.split('/');
  const short = rest.join('-');
  if (shelf === 'apps') return `app-${short}`;
  return short === '' ? shelf : short;
}
