interface SnapshotAttribute {
  readonly AttributeName?: string | undefined;
  readonly AttributeValues?: readonly string[] | undefined;
}

/** Who may restore from a snapshot besides its owner: account ids, or `all` for everybody. */
export function sharedWith(attributes: readonly SnapshotAttribute[] = []): readonly string[] {
  return attributes.flatMap(({ AttributeName, AttributeValues }) =>
    AttributeName === 'restore' ? (AttributeValues ?? []) : [],
  );
}

/** Only snapshots that somebody made can be shared. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html */
export function canBeShared(snapshotType: string | undefined): boolean {
  return snapshotType === undefined || snapshotType === 'manual';
}
