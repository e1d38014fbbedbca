import { expect, test } from 'vitest';
import type { Call } from './call.ts';
import { createFaults } from './faults.ts';

function call(values: Partial<Call> = {}): Call {
  return {
    action: 'kms:ListKeys',
    account: '111122223333',
    region: 'eu-west-1',
    protocol: 'json',
    form: new URLSearchParams(),
    json: {},
    accessKey: 'ASIA',
    ...values,
  };
}

test('a fault meets its action, account and region, and no neighbour', () => {
  const faults = createFaults();
  faults.add({ action: 'kms:ListKeys', account: '111122223333', region: 'eu-west-1', with: 'reset' });

  expect(faults.find(call())).toEqual({ is: 'reset' });
  expect(faults.find(call({ action: 'kms:ListAliases' }))).toBeUndefined();
  expect(faults.find(call({ account: '444455556666' }))).toBeUndefined();
  expect(faults.find(call({ region: 'eu-central-1' }))).toBeUndefined();
});

test('only the nth call that fits fails', () => {
  const faults = createFaults();
  faults.add({ action: 'kms:ListKeys', nth: 2, with: 'timeout' });

  const outcomes = [call(), call({ action: 'kms:ListAliases' }), call(), call()].map((one) => faults.find(one)?.is);

  expect(outcomes).toEqual([undefined, undefined, 'hang', undefined]);
});

test('a removed fault lets calls through, and leaves the others', () => {
  const faults = createFaults();
  const first = faults.add({ action: 'kms:ListKeys', with: 'reset' });
  faults.add({ action: 'kms:ListKeys', with: 'timeout' });

  const before = faults.find(call());
  first.remove();

  expect([before, faults.find(call())]).toEqual([{ is: 'reset' }, { is: 'hang' }]);
});
