const longest = 500;

/** The same pure function, which remembers its latest answers. Forgets all where there are too many, and long texts at once. */
export function remember<Answer>(find: (text: string) => Answer, most = 5000): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const answer = find(text);
    if (known.size >= most) known.clear();
    if (text.length <= longest) known.set(text, answer);
    return answer;
  };
}

/** The same of objects: an answer is kept as long as its object is. */
export function rememberFor<Item extends object, Answer>(find: (item: Item) => Answer): (item: Item) => Answer {
  const known = new WeakMap<Item, Answer>();
  return (item) => {
    const found = known.get(item);
    if (found !== undefined) return found;
    const answer = find(item);
    known.set(item, answer);
    return answer;
  };
}
