import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError, exitCode } from '@ag/model';
import { afterAll, describe, expect, test } from 'vitest';
import { type SettingsInput, loadSettings } from './settings.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'accessgraph-settings-'));
const file = path.join(folder, 'settings.json');

afterAll(() => rmSync(folder, { recursive: true }));

function writeFile(content: unknown): string {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function originOf(name: string, input: SettingsInput) {
  return loadSettings(input).described.find((one) => one.name === name);
}

function failureOf(input: SettingsInput) {
  try {
    loadSettings(input);
  } catch (error) {
    return error instanceof UserError ? { message: error.message, code: error.code } : error;
  }
  return undefined;
}

describe('where a setting comes from', () => {
  test('a flag comes before a variable, a variable before the file, the file before the default', () => {
    const named = writeFile({ connection: 'of-file' });
    const environment = { ACCESSGRAPH_CONNECTION: 'of-environment' };
    const flags = { connection: 'of-flag' };

    expect(originOf('connection', { environment: {} })).toEqual({
      name: 'connection',
      value: 'default',
      origin: 'default',
      from: '',
    });
    expect(originOf('connection', { environment: {}, file: named })).toEqual({
      name: 'connection',
      value: 'of-file',
      origin: 'file',
      from: named,
    });
    expect(originOf('connection', { environment, file: named })).toEqual({
      name: 'connection',
      value: 'of-environment',
      origin: 'environment',
      from: 'ACCESSGRAPH_CONNECTION',
    });
    expect(originOf('connection', { environment, file: named, flags })).toEqual({
      name: 'connection',
      value: 'of-flag',
      origin: 'flag',
      from: '--connection',
    });
  });

  test('an empty variable is not set, and of two names for one setting the first that is set counts', () => {
    expect(originOf('neo4jUser', { environment: { NEO4J_USER: '', NEO4J_USERNAME: 'reader' } })).toEqual({
      name: 'neo4jUser',
      value: 'reader',
      origin: 'environment',
      from: 'NEO4J_USERNAME',
    });
    expect(originOf('neo4jUser', { environment: { NEO4J_USER: '' } })).toEqual({
      name: 'neo4jUser',
      value: '',
      origin: 'not set',
      from: '',
    });
  });

  test('lists are read from text with commas, numbers from digits', () => {
    const { settings } = loadSettings({
      environment: { ACCESSGRAPH_REGIONS: 'eu-west-1, eu-central-1,', ACCESSGRAPH_PORT: '4001' },
      flags: { accounts: ['111122223333', '444455556666'] },
    });

    expect([settings.regions, settings.apiPort, settings.accounts]).toEqual([
      ['eu-west-1', 'eu-central-1'],
      4001,
      ['111122223333', '444455556666'],
    ]);
  });

  test('secrets are shown as stars, with their source', () => {
    const { described } = loadSettings({
      environment: { NEO4J_PASSWORD: 'swordfish', ACCESSGRAPH_EXTERNAL_ID: 'hush-hush' },
    });

    expect(described.filter(({ origin }) => origin === 'environment')).toEqual([
      { name: 'neo4jPassword', value: '***', origin: 'environment', from: 'NEO4J_PASSWORD' },
      { name: 'externalId', value: '***', origin: 'environment', from: 'ACCESSGRAPH_EXTERNAL_ID' },
    ]);
  });
});

describe('a wrong setting is one sentence with its name', () => {
  test('a file that was named must be there; the usual one need not', () => {
    const missing = path.join(folder, 'missing.json');

    expect(failureOf({ environment: {}, file: missing })).toEqual({
      message: `cannot read the settings file \`${missing}\``,
      code: exitCode.credentials,
    });
    expect(failureOf({ environment: {} })).toBeUndefined();
  });

  test.each(['{', '[]', '"text"', ''])('a file that holds %j is not a JSON object', (text) => {
    expect(failureOf({ environment: {}, file: writeFile(text) })).toEqual({
      message: `the settings file \`${file}\` is not a JSON object`,
      code: exitCode.credentials,
    });
  });

  test('an unknown name in the file is refused', () => {
    expect(failureOf({ environment: {}, file: writeFile({ neo4jUrl: 'bolt://graph' }) })).toEqual({
      message: `\`${file}\` holds the unknown setting \`neo4jUrl\``,
      code: exitCode.credentials,
    });
  });

  test.each([
    [{ NEO4J_URI: 'graph:7687' }, '`neo4jUri` (from NEO4J_URI)', 'it must begin with bolt:// or neo4j://'],
    [{ ACCESSGRAPH_PORT: 'web' }, '`apiPort` (from ACCESSGRAPH_PORT)', 'a port is a number from 0 to 65535'],
    [{ PORT: '70000' }, '`apiPort` (from PORT)', 'a port is a number from 0 to 65535'],
    [
      { ACCESSGRAPH_SNAPSHOTS: 's3://' },
      '`snapshotDirectory` (from ACCESSGRAPH_SNAPSHOTS)',
      'it must be a folder, or s3://bucket/prefix',
    ],
    [
      { ACCESSGRAPH_REDIS_URL: 'localhost:6379' },
      '`redisUrl` (from ACCESSGRAPH_REDIS_URL)',
      'it must begin with redis:// or rediss://',
    ],
    [
      { ACCESSGRAPH_WORKER_CONCURRENCY: '0' },
      '`workerConcurrency` (from ACCESSGRAPH_WORKER_CONCURRENCY)',
      'a worker reads from 1 to 256 units at once',
    ],
    [{ ACCESSGRAPH_ACCOUNTS: '12' }, '`accounts` (from ACCESSGRAPH_ACCOUNTS)', 'an account has twelve digits'],
    [{ ACCESSGRAPH_ROLE_ARN: 'admin' }, '`roleArn` (from ACCESSGRAPH_ROLE_ARN)', 'it must be the ARN of a role'],
    [
      { ACCESSGRAPH_CONNECTION: '../x' },
      '`connection` (from ACCESSGRAPH_CONNECTION)',
      'letters, digits, dots, dashes and underscores',
    ],
  ])('%j', (environment, setting, why) => {
    expect(failureOf({ environment })).toEqual({
      message: `the setting ${setting} is not valid: ${why}`,
      code: exitCode.credentials,
    });
  });

  test('a secret that is refused is not repeated', () => {
    expect(failureOf({ environment: {}, flags: { externalId: '§' } })).toEqual({
      message: expect.stringMatching(/^the setting `externalId` \(from --external-id\) is not valid: [^§]+$/),
      code: exitCode.usage,
    });
    expect(failureOf({ environment: {}, file: writeFile({ neo4jPassword: 7_777_777 }) })).toEqual({
      message: expect.stringMatching(/^the setting `neo4jPassword` \(from [^)]+\) is not valid: [^7]+$/),
      code: exitCode.credentials,
    });
  });

  test('a wrong flag is a wrong command line', () => {
    expect(failureOf({ environment: {}, flags: { roleArn: 'admin' } })).toEqual({
      message: 'the setting `roleArn` (from --role-arn) is not valid: it must be the ARN of a role',
      code: exitCode.usage,
    });
  });
});
