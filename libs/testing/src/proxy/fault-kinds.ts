import { type PagingFault, pagingFaults } from './pages.ts';

/** What happens to a chosen call, in the order of F1 to F28. */
export type FaultKind =
  | 'accessDenied'
  | 'deniedByScp'
  | 'throttle'
  | 'requestLimitExceeded'
  | 'serverError'
  | 'unavailable'
  | 'expiredToken'
  | 'requestExpired'
  | 'invalidToken'
  | 'reset'
  | 'resetInBody'
  | 'timeout'
  | 'dns'
  | 'tls'
  | 'malformed'
  | 'emptyBody'
  | 'emptyObject'
  | 'truncatedBody'
  | PagingFault
  | 'vanishedItem'
  | 'missingField'
  | 'extraField';

/** One fault of the loop. `once` hits one request and then mends itself; `always` hits the request whenever it is sent again. */
export interface FaultType {
  readonly number: string;
  readonly kind: FaultKind;
  readonly lasts: 'once' | 'always';
  /** Whether the collection must come out as if nothing had happened. */
  readonly recovers: boolean;
}

function type(number: string, kind: FaultKind, lasts: 'once' | 'always', recovers: boolean): FaultType {
  return { number, kind, lasts, recovers };
}

/** Every fault that a call can suffer. Throttling and server errors come as a passing and as a lasting one. */
export const faultTypes: readonly FaultType[] = [
  type('F1', 'accessDenied', 'always', false),
  type('F2', 'deniedByScp', 'always', false),
  type('F3', 'throttle', 'always', false),
  type('F4', 'throttle', 'once', true),
  type('F5', 'requestLimitExceeded', 'once', true),
  type('F6', 'serverError', 'once', true),
  type('F6', 'serverError', 'always', false),
  type('F7', 'unavailable', 'once', true),
  type('F7', 'unavailable', 'always', false),
  type('F8', 'expiredToken', 'once', true),
  type('F8', 'expiredToken', 'always', false),
  type('F9', 'requestExpired', 'once', true),
  type('F9', 'requestExpired', 'always', false),
  type('F10', 'invalidToken', 'always', false),
  type('F11', 'reset', 'once', true),
  type('F11', 'reset', 'always', false),
  type('F12', 'resetInBody', 'once', true),
  type('F12', 'resetInBody', 'always', false),
  type('F13', 'timeout', 'once', true),
  type('F13', 'timeout', 'always', false),
  type('F14', 'dns', 'once', true),
  type('F14', 'dns', 'always', false),
  type('F15', 'tls', 'always', false),
  type('F16', 'malformed', 'once', true),
  type('F16', 'malformed', 'always', false),
  type('F17', 'emptyBody', 'once', true),
  type('F17', 'emptyBody', 'always', false),
  type('F18', 'emptyObject', 'once', true),
  type('F18', 'emptyObject', 'always', false),
  type('F19', 'truncatedBody', 'once', true),
  type('F19', 'truncatedBody', 'always', false),
  type('F20', 'sameToken', 'always', false),
  type('F21', 'tokenCycle', 'always', false),
  type('F22', 'truncatedWithoutMarker', 'once', true),
  type('F22', 'truncatedWithoutMarker', 'always', false),
  type('F23', 'emptyPage', 'always', true),
  type('F24', 'invalidNextToken', 'always', false),
  type('F25', 'duplicateItem', 'always', true),
  type('F26', 'vanishedItem', 'always', false),
  type('F27', 'itemAdded', 'always', true),
  type('F28', 'missingField', 'once', true),
  type('F28', 'missingField', 'always', false),
  type('F28', 'extraField', 'always', true),
];

export function isPagingFault(kind: FaultKind): kind is PagingFault {
  return pagingFaults.some((paging) => paging === kind);
}
