interface SnapshotAttribute {
  readonly AttributeName?: string | undefined;
  readonly AttributeValues?: readonly string[] | undefined;
}

/** Whether every account may restore from a snapshot. */
export function isPublic(attributes: readonly SnapshotAttribute[]): boolean {
  return sharedWith(attributes).includes('all');
}

/** The accounts that may restore from a snapshot besides its owner. */
export function accountsOf(attributes: readonly SnapshotAttribute[] | undefined): readonly string[] {
  return sharedWith(attributes).filter((account) => /^\d{12}$/.test(account));
}

/** Account ids, or `all` for everybody. */
function sharedWith(attributes: readonly SnapshotAttribute[] = []): readonly string[] {
  return attributes.flatMap(({ AttributeName, AttributeValues }) =>
    AttributeName === 'restore' ? (AttributeValues ?? []) : [],
  );
}

/** Only snapshots that somebody made can be shared. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html */
export function canBeShared(snapshotType: string | undefined): boolean {
  return snapshotType === undefined || snapshotType === 'manual';
}
