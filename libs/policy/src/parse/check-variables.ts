/** Adds a warning about an element of the statement. */
export type Warn = (field: string, message: string) => void;

/** VA1, VA5, VA6: what a `${` begins. */
export function checkVariables(text: string, version: string, warn: (message: string) => void): void {
  if (!text.includes('${')) return;
  if (version !== '2012-10-17') warn('`${` begins no variable under version 2008-10-17');
  else if (/\$\{[^}]*(\$\{|$)/.test(text)) warn('a variable has no end, or another inside');
}
