import type { StubAnswer, StubCall } from './stub-aws.ts';

export const accountId = (index: number) => String(200_000_000_000 + index);

export function times<Value>(count: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** One page, no larger than asked for and than AWS makes them, and where the next begins. */
export function cut<Item>(items: readonly Item[], asked: unknown, token: unknown, most: number) {
  const from = Number(token ?? 0);
  const end = from + Math.min(most, Number(asked ?? most));
  return { page: items.slice(from, end), next: end < items.length ? String(end) : undefined };
}

export function paged(body: string, name: string, items: readonly unknown[], most: number): StubAnswer {
  const { page, next } = cut(items, inputOf(body)['MaxResults'], inputOf(body)['NextToken'], most);
  return json({ [name]: page, NextToken: next });
}

export function inputOf(body: string): Readonly<Record<string, unknown>> {
  const input: unknown = JSON.parse(body);
  return typeof input === 'object' && input !== null ? { ...input } : {};
}

export function json(value: unknown, status = 200): StubAnswer {
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify(value) };
}

export function xml({ operation }: StubCall, result: string): StubAnswer {
  return { body: `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>` };
}
