// What an entry point needs before any package is installed: Node's own modules only.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const checkout = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

/**
 * Ends with one sentence and the exit code of wrong usage.
 * @param {string} sentence
 */
export function refuse(sentence) {
  console.error(`accessgraph: ${sentence}`);
  process.exit(2);
}

/** Goes on only under a Node that package.json's `engines` names. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8'));
  if (isInRange(process.versions.node, engines.node)) return;
  refuse(`Node ${process.versions.node} is too old or too odd: install one in the range ${engines.node}`);
}

/**
 * Whether a version is in a range of the forms `^20.19` and `>=24`, divided by `||`.
 * @param {string} version
 * @param {string} range
 */
export function isInRange(version, range) {
  const [major, minor] = version.split('.').map(Number);
  return range.split('||').some((part) => {
    const [, sign, wantedMajor, wantedMinor = '0'] = /^\s*(\^|>=)(\d+)(?:\.(\d+))?\s*$/.exec(part) ?? [];
    if (sign === undefined) throw new Error(`cannot read the version range \`${part}\``);
    if (major === Number(wantedMajor)) return minor >= Number(wantedMinor);
    return sign === '>=' && major > Number(wantedMajor);
  });
}

/** Whether node_modules is what the lock file says, as far as times tell. */
export function arePackagesInstalled() {
  const installed = path.join(checkout, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(path.join(checkout, 'package-lock.json')).mtimeMs;
}

/** Runs `npm ci` where the packages are missing or older than the lock file. */
export function installPackages() {
  if (arePackagesInstalled()) return;
  console.log('Installing packages (npm ci) …');
  // Under Windows npm is a script, which only a shell can start.
  const shell = process.platform === 'win32';
  const { error, status } = spawnSync('npm', ['ci', '--loglevel=error'], { cwd: checkout, stdio: 'inherit', shell });
  if (error) refuse('there is no `npm` on the PATH: it comes with Node');
  if (status !== 0) refuse('`npm ci` failed: its own words are above');
}

/**
 * Runs a TypeScript file of the checkout in a process of its own, and ends as that one ends.
 * @param {string} file
 * @param {readonly string[]} args
 */
export function runTypeScript(file, args) {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(checkout, file), ...args], {
    cwd: checkout,
    stdio: 'inherit',
  });
  // A Ctrl-C reaches the child too, which ends in its own time; what is sent to us alone is passed on.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
