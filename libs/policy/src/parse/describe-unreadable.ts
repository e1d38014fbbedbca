import { endOfText } from './duplicate-keys.ts';

/** Why a text cannot be JSON, for the ways in which documents most often go wrong. */
export function describeUnreadable(text: string): string {
  if (text.trim() === '') return 'empty';
  const why = describeEncoding(text) ?? describePercents(text) ?? describeBreak(text);
  return why === undefined ? 'not valid JSON' : `not valid JSON: ${why}`;
}

function describeEncoding(text: string): string | undefined {
  if (text.startsWith('\uFEFF')) return 'it begins with a byte order mark';
  return text.includes('\0') ? 'it holds NUL characters, as UTF-16 does' : undefined;
}

// IAM answers with percent-encoded documents. A document has quotation marks, and an encoded one has none.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html
function describePercents(text: string): string | undefined {
  if (text.includes('"') || !/%[0-9a-fA-F]{2}/.test(text)) return undefined;
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return 'it looks percent-encoded, and a `%` in it begins no code';
  return /%(?!25)/.test(text) ? 'it looks percent-encoded' : 'it looks percent-encoded more than once';
}

/** What JSON never has, outside of its texts. */
function describeBreak(text: string): string | undefined {
  let depth = 0;
  let last = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    switch (character) {
      case ' ':
      case '\t':
      case '\n':
      case '\r':
        continue;
      case '"':
        at = endOfText(text, at) - 1;
        if (at >= text.length) return 'it ends too early';
        break;
      case '{':
      case '[':
        depth++;
        break;
      case '}':
      case ']':
        if (last === ',') return 'it has a comma before a closing bracket';
        depth--;
        break;
      case '/':
        if (text[at + 1] === '/' || text[at + 1] === '*') return 'it has a comment';
    }
    last = character;
  }
  return depth > 0 ? 'it ends too early' : undefined;
}
