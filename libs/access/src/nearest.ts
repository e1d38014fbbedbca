import { compareText } from '@ag/model';

/** The known names nearest to what someone typed, best first; none where nothing is near. */
export function nearest(text: string, names: Iterable<string>, limit = 3): readonly string[] {
  const wanted = text.toLowerCase();
  const bound = Math.max(2, Math.floor(wanted.length / 3));
  const found: { name: string; distance: number }[] = [];
  for (const name of names) {
    const distance = nameDistance(wanted, name.toLowerCase(), bound);
    if (distance <= bound) found.push({ name, distance });
  }
  found.sort((a, b) => a.distance - b.distance || compareText(a.name, b.name));
  return found.slice(0, limit).map(({ name }) => name);
}

/** `; did you mean …?`, or nothing where no name is near. */
export function didYouMean(names: readonly string[]): string {
  if (names.length === 0) return '';
  return `; the nearest known: ${names.map((name) => `\`${name}\``).join(', ')}`;
}

/** A name that contains the whole text is near, however long it is; else the edit distance counts. */
function nameDistance(wanted: string, name: string, bound: number): number {
  if (wanted.length >= 3 && name.includes(wanted)) return 1;
  return editDistance(wanted, name, bound);
}

/** Insertions, deletions and replacements between two texts; anything above the bound is answered as more than the bound. */
export function editDistance(a: string, b: string, bound = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line++) {
    const next = [line];
    let least = line;
    for (let column = 1; column <= b.length; column++) {
      const replaced = cell(row, column - 1) + (a[line - 1] === b[column - 1] ? 0 : 1);
      const value = Math.min(replaced, cell(row, column) + 1, cell(next, column - 1) + 1);
      next.push(value);
      least = Math.min(least, value);
    }
    if (least > bound) return bound + 1;
    row = next;
  }
  return cell(row, b.length);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
