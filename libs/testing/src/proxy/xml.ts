/** An element of an answer; its tag and its text stand as they came. */
export interface Element {
  readonly name: string;
  /** `<Users xmlns="…">`, with all its attributes. */
  readonly tag: string;
  readonly children: readonly (Element | string)[];
}

/** Reads a document as AWS writes them: no CDATA, no entities of its own. `undefined` where it is none. */
export function parseXml(text: string): Element | undefined {
  const root: Open = { name: '', tag: '', children: [] };
  const open: Open[] = [root];
  for (const [part] of text.matchAll(/<[^>]*>|[^<]+/g)) {
    const top = open.at(-1) ?? root;
    if (!part.startsWith('<')) top.children.push(part);
    else if (part.startsWith('<?') || part.startsWith('<!')) continue;
    else if (part.startsWith('</')) {
      if (open.length < 2 || top.name !== part.slice(2, -1).trim()) return undefined;
      open.pop();
    } else {
      const [name = ''] = /[^\s/>]+/.exec(part.slice(1)) ?? [];
      const isClosed = part.endsWith('/>');
      const element: Open = { name, tag: isClosed ? `${part.slice(0, -2).trimEnd()}>` : part, children: [] };
      top.children.push(element);
      if (!isClosed) open.push(element);
    }
  }
  return open.length === 1 ? root.children.find(isElement) : undefined;
}

interface Open extends Element {
  readonly children: (Element | string)[];
}

export function printXml({ name, tag, children }: Element): string {
  return `${tag}${children.map((child) => (isElement(child) ? printXml(child) : child)).join('')}</${name}>`;
}

export function element(name: string, children: Element['children']): Element {
  return { name, tag: `<${name}>`, children };
}

export function elementsOf({ children }: Element): readonly Element[] {
  return children.filter(isElement);
}

function isElement(child: Element | string): child is Element {
  return typeof child !== 'string';
}
