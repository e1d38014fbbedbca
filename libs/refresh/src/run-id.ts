/** A new run's id: the second it began, for people, and its number, which tells apart two runs of one second. */
export function newRunId(now: Date, number: number): string {
  const time = now
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  return `${time}-${number.toString(16).padStart(4, '0')}`;
}
