import type { RefreshOptions } from '@ag/refresh';
import { counted } from './words.ts';

export type Progress = Parameters<NonNullable<RefreshOptions['onProgress']>>[0];

/** What a run has done so far, in one line; `undefined` parts are not known yet. */
export function progressText(progress: Progress, elapsedMs: number): string {
  const { accounts, accountsDone, scopesDone, calls, gaps } = progress;
  const rate = elapsedMs > 0 ? Math.round((calls * 1000) / elapsedMs) : 0;
  const left = millisecondsLeft(progress, elapsedMs);
  const parts = [
    `${accountsDone} of ${counted(accounts, 'account')}`,
    counted(scopesDone, 'scope'),
    `${counted(calls, 'call')} (${rate}/s)`,
    counted(gaps, 'gap'),
    ...(left === undefined ? [] : [`${durationText(left)} left`]),
  ];
  return parts.join(', ');
}

/** How much of a run is done, from 0 to 1: accounts that were not begun are taken to be as large as those that were. */
export function shareDone({ accounts, accountsBegun, scopes, scopesDone }: Progress): number {
  if (accountsBegun === 0 || scopes === 0) return 0;
  const expected = (scopes / accountsBegun) * Math.max(accounts, accountsBegun);
  return Math.min(1, scopesDone / expected);
}

/** How long the rest takes at the pace so far; `undefined` while too little is done to say. */
export function millisecondsLeft(progress: Progress, elapsedMs: number): number | undefined {
  const share = shareDone(progress);
  if (share < 0.02 || elapsedMs < 2_000) return undefined;
  return Math.round((elapsedMs * (1 - share)) / share);
}

/** `45 s`, `3 min`, `1 h 20 min`: no more exact than a guess is. */
export function durationText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
