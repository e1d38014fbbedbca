import type { Call } from './call.ts';
import { openListing, parseJson } from './listing.ts';
import type { Reply } from './reply.ts';
import { element, elementsOf, parseXml, printXml } from './xml.ts';

/** How a good answer is spoiled on its way. */
export type Spoiling = 'truncatedBody' | 'missingField' | 'extraField';

/** Spoils an answer. One that is an error already stays as it is. */
export function spoil(call: Call, answer: Reply, how: Spoiling): Reply {
  if (answer.status !== 200) return answer;
  const { body } = answer;
  switch (how) {
    case 'truncatedBody':
      return { ...answer, body: body.slice(0, Math.floor(body.length / 2)) };
    case 'missingField':
      return { ...answer, body: withoutContent(call, body) };
    case 'extraField':
      return { ...answer, body: withStranger(call, body) };
  }
}

/** The answer without what was asked for; the frame around it stays. */
function withoutContent(call: Call, body: string): string {
  const json = parseJson(body);
  if (json) return '{}';
  const root = parseXml(body);
  if (!root) return body;
  const result = elementsOf(root).find(({ name }) => name.endsWith('Result'));
  const isIdle = call.protocol === 'query' && result === undefined;
  if (isIdle) return body;
  const kept = result
    ? root.children.map((child) => (child === result ? { ...result, children: [] } : child))
    : root.children.filter((child) => typeof child !== 'string' && /^requestId$/i.test(child.name));
  return printXml({ ...root, children: kept });
}

function withStranger({ protocol }: Call, body: string): string {
  const json = parseJson(body);
  // A bucket's policy is its own answer: what is added to that is added to the policy.
  if (json && protocol === 'rest-xml') return body;
  if (json) return JSON.stringify({ ...json, AccessGraphStranger: { of: ['another', 'time'] } });
  const root = parseXml(body);
  if (!root) return body;
  const stranger = element('AccessGraphStranger', [element('of', ['another time'])]);
  const children = root.children.map((child) =>
    typeof child !== 'string' && child.name.endsWith('Result')
      ? { ...child, children: [...child.children, stranger] }
      : child,
  );
  return printXml({ ...root, children: [...children, stranger] });
}

/** Whether the answer lists anything: what is lost in an empty one cannot be seen to be lost. */
export function listsSomething(call: Call, body: string): boolean {
  return openListing(call, body)?.lists.some((list) => list.length > 0) ?? false;
}
