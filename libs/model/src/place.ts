/** Where a resource lives. `region` is `global` for services that have none. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** The region of global services. */
export const globalRegion = 'global';

/** A place as one word, for keys and logs: `aws/111122223333/eu-west-1`. */
export function placeKey(place: Place): string {
  return `${place.partition}/${place.account}/${place.region}`;
}
