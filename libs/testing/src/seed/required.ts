/** What the emulator must have answered. */
export function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`the emulator did not answer for \`${what}\``);
  return value;
}
