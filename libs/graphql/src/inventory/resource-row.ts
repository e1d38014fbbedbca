import type { PropertyValue } from '@ag/model';

/** A node as GraphQL's fields read it: every property under its own name. */
export type ResourceRow = Readonly<Record<string, PropertyValue | undefined>> & {
  readonly id: string;
  readonly label: string;
};

/** A node as a query returns it. */
export interface NodeRow {
  readonly id: string;
  readonly label: string | null;
  readonly properties: Readonly<Record<string, PropertyValue>>;
}

/** A node without what only the graph's bookkeeping needs. */
export function toResource({ id, label, properties }: NodeRow): ResourceRow {
  return { ...properties, id, label: label ?? 'Uncollected' };
}
