import { afterAll, afterEach } from 'vitest';

// A test that prints hides the failure that somebody will look for one day. What is printed fails the test instead.
const printed: string[] = [];

for (const method of ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const) {
  console[method] = (...values: unknown[]) => {
    printed.push(`console.${method}: ${values.map(String).join(' ')}`);
  };
}
for (const name of ['stdout', 'stderr'] as const) {
  process[name].write = (text: string | Uint8Array): boolean => {
    printed.push(`process.${name}: ${typeof text === 'string' ? text : new TextDecoder().decode(text)}`);
    return true;
  };
}

function failIfPrinted(): void {
  const lines = printed.splice(0);
  if (lines.length > 0) throw new Error(`a test must not print, and this was printed:\n${lines.join('\n')}`);
}

afterEach(failIfPrinted);
afterAll(failIfPrinted);
