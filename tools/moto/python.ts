import { exitCode, UserError } from '@ag/model';
import { run } from '../process/run.ts';

const oldestPython = 10;

export interface Python {
  readonly command: string;
  /** Such as `3.11`. */
  readonly version: string;
}

/** A Python 3 on the path that is new enough and can make virtual environments. */
export async function findPython(): Promise<Python> {
  const script = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])';
  const tooOld: string[] = [];
  let lacksVenv = false;
  for (const command of ['python3', 'python']) {
    const { code, output } = await run(command, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
    const version = output.trim();
    const [, minor] = /^3\.(\d+)$/.exec(version) ?? [];
    if (code !== 0) continue;
    if (minor === undefined || Number(minor) < oldestPython) {
      tooOld.push(`\`${command}\` is version ${version}`);
      continue;
    }
    if ((await run(command, ['-c', script])).code === 0) return { command, version };
    lacksVenv = true;
  }
  if (lacksVenv) {
    throw new UserError(
      'the AWS emulator needs Python with virtual environments, and `python3` lacks `venv` or `ensurepip` (on Debian: the package python3-venv)',
      exitCode.usage,
    );
  }
  const found = tooOld.length === 0 ? 'there is no `python3` on the PATH' : tooOld.join(' and ');
  throw new UserError(`the AWS emulator needs Python 3.${oldestPython} or newer, and ${found}`, exitCode.usage);
}
