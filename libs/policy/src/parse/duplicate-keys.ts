// Nothing that a policy means stands deeper, and the pointers to what does would be as long as it is deep.
const deepest = 8;

/**
 * The keys that stand twice in one object of a JSON text, as JSON pointers; `JSON.parse` keeps the last one in silence.
 * The text is valid JSON. Without recursion, so that depth does no harm.
 */
export function duplicateKeys(text: string): readonly string[] {
  const found = new Set<string>();
  const open: Open[] = [];
  let last = '';
  for (let at = 0; at < text.length; at++) {
    const top = open.at(-1);
    switch (text.charAt(at)) {
      case '"': {
        const end = endOfText(text, at);
        last = text.slice(at, end);
        at = end - 1;
        break;
      }
      case '{':
        open.push({ keys: new Set(), name: '', index: 0 });
        break;
      case '[':
        open.push({ keys: undefined, name: '', index: 0 });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (top) top.index++;
        break;
      case ':': {
        if (!top?.keys) break;
        top.name = String(JSON.parse(last));
        if (top.keys.has(top.name)) found.add(open.slice(0, deepest).map(pointerOf).join(''));
        top.keys.add(top.name);
      }
    }
  }
  return [...found];
}

/** An object or list that has begun; a list has no keys. */
interface Open {
  readonly keys: Set<string> | undefined;
  name: string;
  index: number;
}

function pointerOf({ keys, name, index }: Open): string {
  return `/${keys ? toPointer(name) : String(index)}`;
}

/** Where a quoted text ends: after its last quotation mark, or beyond the whole where it has none. */
// No regular expression: over megabytes of text it runs out of stack.
export function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** A name as a part of a JSON pointer (RFC 6901). */
export function toPointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
