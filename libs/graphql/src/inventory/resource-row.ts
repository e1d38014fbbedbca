import { type PropertyValue, uncollectedLabel } from '@ag/model';

/** A node as GraphQL's fields read it: every property under its own name. */
export type ResourceRow = Readonly<Record<string, PropertyValue | undefined>> & {
  readonly id: string;
  readonly label: string;
};

/** A node's properties as a query returns them. */
export type NodeProperties = Readonly<Record<string, PropertyValue>>;

/** A node by its properties, which hold its id and its own label. */
export function toResource(properties: NodeProperties): ResourceRow {
  const { id, label } = properties;
  return { ...properties, id: String(id), label: typeof label === 'string' ? label : uncollectedLabel };
}
