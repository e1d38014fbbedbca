/**
 * Whether text fits a pattern in which `*` is any run of characters and `?` any one; everything else is itself (MA3, MA10).
 * Two pointers and one remembered star, so the time is at most pattern × text and usually linear; no regular expression is
 * built from a policy's text.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      resume = index;
    } else if (wanted === '?' || (wanted !== undefined && wanted === text[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
