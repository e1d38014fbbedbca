import type { Call } from './call.ts';

/** Takes out of the emulator's answers what depends on when it was asked. `undefined` where nothing is to change. */
export function amendData(call: Call, body: string): string | undefined {
  switch (call.action) {
    // The label of a stream is the moment it was made.
    case 'dynamodb:DescribeTable':
      return body
        .replace(/\/stream\/[^"]+/g, `/stream/${label}`)
        .replace(/("LatestStreamLabel": *")[^"]+/, `$1${label}`);
    // The emulator backs up at once, under the name of the moment.
    case 'rds:DescribeDBSnapshots':
      return withoutAutomated(body, 'DBSnapshot');
    case 'rds:DescribeDBClusterSnapshots':
      return withoutAutomated(body, 'DBClusterSnapshot');
    default:
      return undefined;
  }
}

const label = '2025-06-01T08:00:00.000';

function withoutAutomated(body: string, element: string): string {
  const snapshots = new RegExp(`<${element}>[\\s\\S]*?</${element}>`, 'g');
  return body.replace(snapshots, (one) => (one.includes('<SnapshotType>automated<') ? '' : one));
}
