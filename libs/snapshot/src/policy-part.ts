/** Whether an id is of a statement or an inline policy: parts of a document, which follow it at once. */
export function isPolicyPart(id: string): boolean {
  return /#(inline|identity|boundary|session|scp|rcp|resource|trust|endpoint|accessPoint)\//.test(id);
}
