import { registry } from '@ag/collectors';
import { expect, test } from 'vitest';
import { roleLinkLabel } from './link-compute-roles.ts';
import { identityLabel } from './read-account.ts';
import { regionsLabel } from './find-regions.ts';
import { labelsOf, sourcesOf } from './run.ts';

test('no two sources answer for the same scope', () => {
  const scopes = ['global', 'regional', 'organization', 'identityCenter'] as const;
  const ofSources = scopes.flatMap((scope) => sourcesOf(registry, scope).flatMap(labelsOf));
  const ofOurs = [identityLabel, regionsLabel, ...registry.definitions.map(({ label }) => roleLinkLabel(label))];

  const twice = [...ofSources, ...ofOurs].filter((label, index, all) => all.indexOf(label) !== index);

  expect(twice).toEqual([]);
});
