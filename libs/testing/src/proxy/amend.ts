import type { Seeded } from '../seed/seed.ts';
import type { SeededKey } from '../seed/seed-iam.ts';
import { amendCluster, amendFunctionPolicy } from './amend-compute.ts';
import type { Call } from './call.ts';

/** Puts into the emulator's answer what it dropped or invented. `undefined` where nothing is to change. */
export function amend(call: Call, body: string, seeded: Seeded): string | undefined {
  switch (call.action) {
    case 'iam:GetAccountAuthorizationDetails':
      return amendDetails(body, seeded);
    case 'iam:ListAccessKeys':
      return amendKeys(body, seeded.iam.keys);
    case 'iam:GetAccessKeyLastUsed':
      return amendLastUsed(body, call.form.get('AccessKeyId') ?? '', seeded.iam.keys);
    case 'iam:GetCredentialReport':
      return amendReport(body, call.account, seeded.iam.keys);
    case 'lambda:GetPolicy':
    case 'lambda:GetLayerVersionPolicy':
      return amendFunctionPolicy(call, body);
    case 'eks:DescribeCluster':
      return amendCluster(call, body);
    default:
      return undefined;
  }
}

// The emulator drops boundaries of users. A role was used there a moment ago or never; AWS tells it hours later.
function amendDetails(body: string, { iam }: Seeded): string {
  let amended = body;
  for (const [user, policy] of Object.entries(iam.boundaries)) {
    const boundary =
      '<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType>' +
      `<PermissionsBoundaryArn>${policy}</PermissionsBoundaryArn></PermissionsBoundary>`;
    amended = amended.replace(`<Arn>${user}</Arn>`, `<Arn>${user}</Arn>${boundary}`);
  }
  for (const [role, { at, region }] of Object.entries(iam.rolesLastUsed)) {
    const start = amended.indexOf(`<Arn>${role}</Arn>`);
    if (start < 0) continue;
    const used = `<RoleLastUsed><LastUsedDate>${at}</LastUsedDate><Region>${region}</Region></RoleLastUsed>`;
    const rest = amended.slice(start).replace(/<RoleLastUsed\/>|<RoleLastUsed>[\s\S]*?<\/RoleLastUsed>/, used);
    amended = amended.slice(0, start) + rest;
  }
  return amended;
}

// Every key of the emulator was made today.
function amendKeys(body: string, keys: readonly SeededKey[]): string {
  return body.replace(
    /(<AccessKeyId>([^<]+)<\/AccessKeyId>[\s\S]*?<CreateDate>)[^<]+/g,
    (whole, before: string, id: string) => {
      const key = keys.find((one) => one.id === id);
      return key ? before + key.createdAt : whole;
    },
  );
}

// And no key was used yet.
function amendLastUsed(body: string, id: string, keys: readonly SeededKey[]): string {
  const used = keys.find((key) => key.id === id)?.lastUsed;
  if (!used) return body;
  const text =
    `<LastUsedDate>${used.at}</LastUsedDate>` +
    `<ServiceName>${used.service}</ServiceName><Region>${used.region}</Region>`;
  return body.replace(
    /<AccessKeyLastUsed>[\s\S]*?<\/AccessKeyLastUsed>/,
    `<AccessKeyLastUsed>${text}</AccessKeyLastUsed>`,
  );
}

// The same in the report, which also lacks the root user's row.
function amendReport(body: string, account: string, keys: readonly SeededKey[]): string {
  return body.replace(/<Content>([^<]*)<\/Content>/, (_, encoded: string) => {
    const [header = '', ...rows] = Buffer.from(encoded, 'base64').toString().trimEnd().split('\n');
    const columns = header.split(',');
    const root = columns.map((column) => rootValue(column, account)).join(',');
    const amended = rows.map((row) => amendRow(columns, row.split(','), account, keys).join(','));
    return `<Content>${Buffer.from([header, root, ...amended, ''].join('\n')).toString('base64')}</Content>`;
  });
}

function rootValue(column: string, account: string): string {
  if (column === 'user') return '<root_account>';
  if (column === 'arn') return `arn:aws:iam::${account}:root`;
  if (column === 'user_creation_time') return '2019-01-07T09:00:00+00:00';
  if (column === 'mfa_active') return 'true';
  if (column.endsWith('_active')) return 'false';
  return column.startsWith('password') ? 'not_supported' : 'N/A';
}

function amendRow(
  columns: readonly string[],
  cells: readonly string[],
  account: string,
  keys: readonly SeededKey[],
): readonly string[] {
  const user = cells[columns.indexOf('user')];
  const own = keys.filter((key) => key.account === account && key.user === user);
  return cells.map((cell, index) => {
    const [, slot, field] =
      /^access_key_([12])_(last_rotated|last_used_date|last_used_region|last_used_service)$/.exec(
        columns[index] ?? '',
      ) ?? [];
    const key = slot === undefined ? undefined : own[Number(slot) - 1];
    if (!key) return cell;
    if (field === 'last_rotated') return toReportTime(key.createdAt);
    if (!key.lastUsed) return 'N/A';
    if (field === 'last_used_date') return toReportTime(key.lastUsed.at);
    return field === 'last_used_region' ? key.lastUsed.region : key.lastUsed.service;
  });
}

function toReportTime(iso: string): string {
  return iso.replace(/(\.\d+)?Z$/, '+00:00');
}
