import { expect, test } from 'vitest';
import { type LimitedCall, createLimiter } from './limiter.ts';
import { createVirtualClock } from './virtual-clock.ts';

type Asked = Partial<LimitedCall>;

const { signal } = new AbortController();
const throttling = Object.assign(new Error('slow down'), { name: 'Throttling', $metadata: { httpStatusCode: 400 } });

function toCall(asked: Asked): LimitedCall {
  return { account: '1', region: 'eu-west-1', service: 'iam', operation: 'ListUsers', signal, ...asked };
}

function times(count: number, asked: Asked): LimitedCall[] {
  return Array.from({ length: count }, () => toCall(asked));
}

/** Runs calls that wait until all that may run at once have begun. */
async function mostAtOnce(calls: readonly LimitedCall[]): Promise<number> {
  const limiter = createLimiter({ clock: createVirtualClock(), isMetered: false });
  let atOnce = 0;
  let most = 0;
  await Promise.all(
    calls.map((call) =>
      limiter.run(call, async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise(setImmediate);
        atOnce -= 1;
      }),
    ),
  );
  return most;
}

/** When each of the calls was sent, in milliseconds. */
async function sendingTimes(calls: readonly LimitedCall[]): Promise<readonly number[]> {
  const clock = createVirtualClock();
  const limiter = createLimiter({ clock, isMetered: true });
  const sent: number[] = [];
  await Promise.all(calls.map((call) => limiter.run(call, () => Promise.resolve(sent.push(clock.now())))));
  return sent.sort((a, b) => a - b);
}

function mostWithin(milliseconds: number, sent: readonly number[]): number {
  return Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + milliseconds).length));
}

test('calls are bound in number for each account and service by itself', async () => {
  expect(await mostAtOnce(times(50, {}))).toBe(5);
  expect(await mostAtOnce([...times(50, {}), ...times(50, { account: '2' })])).toBe(10);
  expect(await mostAtOnce([...times(50, {}), ...times(50, { service: 'ec2' })])).toBe(9);
});

test('services that answer for the whole organization are limited over all accounts and regions', async () => {
  for (const [service, most] of [
    ['organizations', 2],
    ['sso', 5],
    ['identitystore', 5],
  ] as const) {
    const calls = [...times(50, { service }), ...times(50, { service, account: '2', region: 'us-east-1' })];

    expect(await mostAtOnce(calls)).toBe(most);
  }
  const both = [...times(30, { service: 'sso' }), ...times(30, { service: 'sso', account: '2' })];
  expect((await sendingTimes(both)).at(-1)).toBe(5_000);
});

test('an error passes, and gives its place back', async () => {
  const limiter = createLimiter({ clock: createVirtualClock(), isMetered: true });
  const call = toCall({ service: 'account' });

  await expect(limiter.run(call, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await limiter.run(call, () => Promise.resolve('yes'))).toBe('yes');
});

test('a region of EC2 is asked ten times a second, half of what AWS refills, each region by itself', async () => {
  const paged = { service: 'ec2', operation: 'DescribeVpcs', input: { MaxResults: 1000 } };

  const sent = await sendingTimes(times(100, paged));
  const inTwo = await sendingTimes([...times(50, paged), ...times(50, { ...paged, region: 'us-east-1' })]);

  expect(sent.filter((at) => at === 0)).toHaveLength(10);
  expect(
    mostWithin(
      1000,
      sent.filter((at) => at > 0),
    ),
  ).toBe(10);
  expect([sent.at(-1), inTwo.at(-1)]).toEqual([9_000, 4_000]);
});

test('calls to EC2 that ask for neither pages nor a filter have the smaller bucket that AWS keeps for them', async () => {
  const sent = await sendingTimes(times(30, { service: 'ec2', operation: 'DescribeRegions', input: {} }));

  expect(sent.at(-1)).toBe(5_000);
});

test('events are looked up twice a second in an account and region, and never three times', async () => {
  const lookup = { service: 'cloudtrail', operation: 'LookupEvents' };

  const sent = await sendingTimes(times(20, lookup));
  const inTwo = await sendingTimes([...times(10, lookup), ...times(10, { ...lookup, region: 'us-east-1' })]);

  expect(mostWithin(1000, sent)).toBe(2);
  expect([sent.at(-1), inTwo.at(-1)]).toEqual([9_500, 4_500]);
});

test('operations that AWS counts by themselves do not wait for the others of their service', async () => {
  const lambda = { service: 'lambda', operation: 'ListFunctions' };
  const others = [
    ...times(37, { ...lambda, operation: 'GetPolicy' }),
    ...times(50, { ...lambda, operation: 'GetFunction' }),
  ];

  const sent = await sendingTimes([...times(37, lambda), ...others]);

  expect(sent).toHaveLength(124);
  expect(sent.at(-1)).toBe(4_000);
});

test('throttling in one place slows no other down', async () => {
  const clock = createVirtualClock();
  const limiter = createLimiter({ clock, isMetered: true });
  const timeOf = async (call: LimitedCall) => {
    const from = clock.now();
    await Promise.all(times(45, call).map((one) => limiter.run(one, () => Promise.resolve())));
    return clock.now() - from;
  };

  await expect(limiter.run(toCall({}), () => Promise.reject(throttling))).rejects.toThrow('slow down');

  const slow = await timeOf(toCall({}));
  const other = await timeOf(toCall({ account: '2' }));
  expect(slow).toBeGreaterThan(3_500);
  expect(other).toBe(2_000);
});

test('whoever waits for a place stops waiting when the scope is over', async () => {
  const over = new AbortController();
  const clock = { ...createVirtualClock(), sleep: (_: number, ended: AbortSignal) => until(ended) };
  const limiter = createLimiter({ clock, isMetered: true });
  const calls = times(2, { service: 'account', signal: over.signal }).map((call) =>
    limiter.run(call, () => Promise.resolve('sent')),
  );

  await calls[0];
  over.abort();

  expect(await Promise.all(calls)).toEqual(['sent', 'sent']);
});

function until(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
}
