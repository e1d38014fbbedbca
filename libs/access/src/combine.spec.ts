import type { Decision } from '@ag/model';
import { expect, test } from 'vitest';
import { combine } from './combine.ts';

const allowed: Decision = { outcome: 'allowed', grants: [{ by: 'rootUser' }] };
const absent = { is: 'absent', key: 'aws:SourceIp' } as const;
const present = { is: 'present', key: 'sts:ExternalId' } as const;
const first: Decision = { outcome: 'conditional', when: present, text: 'an external id', checked: true, grants: [] };
const second: Decision = {
  outcome: 'conditional',
  when: absent,
  text: 'no source IP',
  checked: false,
  grants: [{ by: 'rootUser' }],
};
const unknown: Decision = { outcome: 'unknown', because: [{ layer: 'trust', reason: 'unread' }] };
const denied: Decision = { outcome: 'implicitlyDenied', at: ['identity'], mayBeDeniedBy: [] };

test('a way without conditions is what its end is', () => {
  expect(combine([], allowed)).toEqual(allowed);
  expect(combine([allowed], second)).toEqual(second);
});

test('conditions of all hops hold together, and one unchecked leaves all unchecked', () => {
  expect(combine([first, allowed], second)).toEqual({
    outcome: 'conditional',
    when: { is: 'all', of: [present, absent] },
    text: 'an external id; and no source IP',
    checked: false,
    grants: [{ by: 'rootUser' }],
  });
});

test('one condition of a hop is the whole condition', () => {
  expect(combine([first], allowed)).toEqual({ ...first, grants: [{ by: 'rootUser' }] });
});

test('one unknown makes a way unknown, one denial ends it', () => {
  expect(combine([unknown, first], unknown)).toEqual(unknown);
  expect(combine([unknown, denied], allowed)).toEqual(denied);
});
