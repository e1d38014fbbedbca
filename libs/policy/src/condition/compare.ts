import { splitArn } from '../match/arn-pattern.ts';
import { itemAt } from '../match/item-at.ts';
import { contains, findRange } from '../match/ip.ts';
import { matchesPattern, unescapePattern } from '../match/pattern.ts';

/** Whether one value of the request fits one value of the policy under a base operator. A value of the wrong kind never fits. */
export function compare(operator: string, wanted: string, given: string): boolean {
  switch (operator) {
    case 'StringEquals':
      return unescapePattern(wanted) === given;
    case 'StringEqualsIgnoreCase':
      return unescapePattern(wanted).toLowerCase() === given.toLowerCase();
    case 'StringLike':
      return matchesPattern(wanted, given);
    case 'ArnEquals':
    case 'ArnLike':
      return matchesArn(wanted, given);
    case 'Bool':
      return isBoolean(given) && wanted.toLowerCase() === given.toLowerCase();
    case 'IpAddress':
      return isInRange(wanted, given);
    case 'BinaryEquals':
      return isSameBytes(wanted, given);
    case 'NumericEquals':
    case 'NumericLessThan':
    case 'NumericLessThanEquals':
    case 'NumericGreaterThan':
    case 'NumericGreaterThanEquals':
      return compareNumbers(operator.slice('Numeric'.length), given, wanted);
    case 'DateEquals':
    case 'DateLessThan':
    case 'DateLessThanEquals':
    case 'DateGreaterThan':
    case 'DateGreaterThanEquals':
      return compareOrder(operator.slice('Date'.length), findTime(given), findTime(wanted));
    default:
      // CL6: an operator that AWS does not have matches nothing.
      return false;
  }
}

/** Whether a policy's value is of the kind that an operator compares; texts are of every kind. */
export function isOfKind(operator: string, value: string): boolean {
  if (operator.startsWith('Numeric')) return findNumber(value) !== undefined;
  if (operator.startsWith('Date')) return findTime(value) !== undefined;
  return operator !== 'IpAddress' || findRange(value) !== undefined;
}

// CO8: six parts, each compared alone, the last one whole.
function matchesArn(wanted: string, given: string): boolean {
  if (wanted === '*') return given.startsWith('arn:') && splitArn(given) !== undefined;
  const patterns = splitArn(wanted);
  const parts = splitArn(given);
  if (!patterns || !parts || !given.startsWith('arn:')) return false;
  return patterns.every((pattern, index) => matchesPattern(pattern, itemAt(parts, index)));
}

function isBoolean(text: string): boolean {
  return /^(true|false)$/i.test(text);
}

// CO9: v4 never fits v6, and addresses are compared by value.
function isInRange(wanted: string, given: string): boolean {
  const outer = findRange(wanted);
  const inner = findRange(given);
  return outer !== undefined && inner !== undefined && contains(outer, inner);
}

// CO10: bytes are compared, and several texts may spell the same ones.
function isSameBytes(wanted: string, given: string): boolean {
  const bytes = decodeBase64(wanted);
  return bytes !== undefined && bytes === decodeBase64(given);
}

/** The bytes of a base64 text as characters; `undefined` where it is none. */
export function decodeBase64(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}

/** A number as policies write it (CO5). In this form of the pattern no digit can stand in two places, which would take quadratic time. */
export function findNumber(text: string): number | undefined {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** A moment in milliseconds, from ISO 8601 or epoch seconds (CO6). */
export function findTime(text: string): number | undefined {
  // Four digits are a year.
  if (/^\d+(\.\d+)?$/.test(text) && text.length !== 4) return toTime(Number(text) * 1000);
  if (!/^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/.test(text)) return undefined;
  if (!isDay(text)) return undefined;
  const time = Date.parse(text.includes('T') && !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(time) ? undefined : time;
}

// The language takes the 30th of February for the 1st of March.
function isDay(text: string): boolean {
  const [year = 0, month = 1, day = 1] = text.slice(0, 10).split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

// Dates end 100,000,000 days after 1970; what is later is no date.
function toTime(milliseconds: number): number | undefined {
  return milliseconds <= 8.64e15 ? milliseconds : undefined;
}

// Beyond 2^53 whole numbers are told apart by their digits.
function compareNumbers(relation: string, given: string, wanted: string): boolean {
  const [one, other] = [findNumber(given), findNumber(wanted)];
  if (one === other && one !== undefined && !Number.isSafeInteger(one) && isWhole(given) && isWhole(wanted))
    return compareOrder(relation, BigInt(given) - BigInt(wanted), 0n);
  return compareOrder(relation, one, other);
}

function isWhole(text: string): boolean {
  return /^-?\d+$/.test(text);
}

function compareOrder(
  relation: string,
  given: number | bigint | undefined,
  wanted: number | bigint | undefined,
): boolean {
  if (given === undefined || wanted === undefined) return false;
  switch (relation) {
    case 'Equals':
      return given === wanted;
    case 'LessThan':
      return given < wanted;
    case 'LessThanEquals':
      return given <= wanted;
    case 'GreaterThan':
      return given > wanted;
    default:
      return given >= wanted;
  }
}
