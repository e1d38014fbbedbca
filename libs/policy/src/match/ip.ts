import ipaddr from 'ipaddr.js';
import { remember } from './remember.ts';

/** A block of addresses. */
export interface Range {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads an address or a CIDR block; without a prefix it is one address (CO9). */
export const findRange = remember((text: string): Range | undefined => {
  const [address = '', prefix, ...rest] = text.split('/');
  if (rest.length > 0 || !ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.parse(address);
  const version = parsed.kind() === 'ipv4' ? 4 : 6;
  if (version === 4 && !/^\d+\.\d+\.\d+\.\d+$/.test(address)) return undefined;
  const size = version === 4 ? 32 : 128;
  const length = prefix === undefined ? size : /^\d{1,3}$/.test(prefix) ? Number(prefix) : size + 1;
  if (length > size) return undefined;
  const value = parsed.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const host = (1n << BigInt(size - length)) - 1n;
  return { version, first: value & ~host, last: value | host };
});

export function contains(outer: Range, inner: Range): boolean {
  return outer.version === inner.version && outer.first <= inner.first && inner.last <= outer.last;
}

/** Writes one address. */
export function formatAddress(version: 4 | 6, value: bigint): string {
  const bytes: number[] = [];
  for (let shift = (version === 4 ? 4 : 16) - 1; shift >= 0; shift--)
    bytes.push(Number((value >> BigInt(8 * shift)) & 255n));
  return ipaddr.fromByteArray(bytes).toString();
}
