import { scopeKey } from '@ag/model';
import { expect, test } from 'vitest';
import { content, inFolder, node } from './fixtures.ts';
import { filledScopes, openSnapshotStore } from './index.ts';

test('the scopes that hold anything are told alike of a snapshot and of its graph', () =>
  inFolder(async (directory) => {
    const writer = await openSnapshotStore(directory).begin({
      run: { id: 'run-1', startedAt: '2026-11-21T08:00:00.000Z' },
    });
    const filled = content('SqsQueue', [node('arn:aws:sqs:eu-west-1:111122223333:jobs')]);
    await writer.write(filled);
    await writer.write(content('KmsKey', []));
    await writer.write(content('SnsTopic', [], { state: 'denied' }));
    const snapshot = await writer.finish('2026-11-21T09:00:00.000Z');

    // A copy is no snapshot of the store: it is known by its nodes only.
    const [ofSnapshot, ofGraph] = [await filledScopes(snapshot), await filledScopes({ ...snapshot })];

    expect([...ofSnapshot]).toEqual([scopeKey(filled.scope)]);
    expect(ofGraph).toEqual(ofSnapshot);
  }));
