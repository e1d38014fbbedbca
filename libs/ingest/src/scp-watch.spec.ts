import type { ScopeState } from '@ag/model';
import { expect, test } from 'vitest';
import { createScpWatch } from './scp-watch.ts';

const place = (region: string, account = '1') => ({ partition: 'aws', account, region });

function watchOf(seen: readonly (readonly [service: string, state: ScopeState, region?: string])[]) {
  const watch = createScpWatch();
  for (const [service, state, region = 'eu-south-1'] of seen) watch.saw(place(region), service, state);
  return watch;
}

test('after three services were denied, what remains of them is not asked', () => {
  const two = watchOf([
    ['ec2', 'deniedByScp'],
    ['ec2', 'deniedByScp'],
    ['sqs', 'deniedByScp'],
  ]);
  const three = watchOf([
    ['ec2', 'deniedByScp'],
    ['sqs', 'deniedByScp'],
    ['kms', 'deniedByScp'],
  ]);

  expect(two.isClosed(place('eu-south-1'), 'ec2')).toBe(false);
  expect(three.isClosed(place('eu-south-1'), 'ec2')).toBe(true);
});

test('a service that was not asked yet is, since the policy may leave it out', () => {
  const watch = watchOf([
    ['ec2', 'deniedByScp'],
    ['sqs', 'deniedByScp'],
    ['kms', 'deniedByScp'],
  ]);

  expect(watch.isClosed(place('eu-south-1'), 'sns')).toBe(false);
});

test('any other outcome opens the region, another region and account stay as they were', () => {
  for (const state of ['complete', 'partial', 'denied', 'throttled', 'network'] as const) {
    const watch = watchOf([
      ['ec2', 'deniedByScp'],
      ['sqs', 'deniedByScp'],
      ['kms', 'deniedByScp'],
      ['ec2', state],
    ]);

    expect(watch.isClosed(place('eu-south-1'), 'ec2')).toBe(false);
  }
  const closed = watchOf([
    ['ec2', 'deniedByScp'],
    ['sqs', 'deniedByScp'],
    ['kms', 'deniedByScp'],
    ['ec2', 'complete', 'eu-west-1'],
  ]);
  expect(closed.isClosed(place('eu-south-1'), 'ec2')).toBe(true);
  expect(closed.isClosed(place('eu-south-1', '2'), 'ec2')).toBe(false);
});
