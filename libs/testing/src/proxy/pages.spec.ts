import { expect, test } from 'vitest';
import { spoil } from './broken-answer.ts';
import { callOf } from './fixtures.ts';
import { openListing } from './listing.ts';
import { type PagingFault, createPages } from './pages.ts';

const users = ['ana', 'ben', 'chloe'];
const listUsers = callOf('iam:ListUsers');
const xml = {
  status: 200,
  type: 'text/xml',
  body:
    '<ListUsersResponse xmlns="x"><ListUsersResult><Users>' +
    users.map((name) => `<member><UserName>${name}</UserName></member>`).join('') +
    '</Users><IsTruncated>false</IsTruncated></ListUsersResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></ListUsersResponse>',
};
const listGroups = callOf('identitystore:ListGroups', { protocol: 'json' });
const json = { status: 200, type: 'application/json', body: '{"Groups":[{"GroupId":"a"},{"GroupId":"b"}]}' };

/** Follows the pages as a client would, five at most. */
function follow(fault: PagingFault) {
  const pages = createPages();
  const seen: string[] = [];
  let reply = pages.cut(listUsers, xml, fault);
  for (let page = 0; page < 5 && reply; page += 1) {
    const names = [...reply.body.matchAll(/<UserName>(\w+)</g)].map(([, name]) => name);
    const isCut = /<IsTruncated>true</.test(reply.body);
    const token = /<Marker>([^<]+)</.exec(reply.body)?.[1];
    seen.push(`${reply.status} ${names.join(',')}${isCut ? ' cut' : ''}${token === undefined ? '' : ' more'}`);
    const form = new URLSearchParams({ Marker: token ?? '' });
    reply = token === undefined ? undefined : pages.find({ ...listUsers, form });
  }
  return seen;
}

test.each<[PagingFault, readonly string[]]>([
  ['pages', ['200 ana,ben cut more', '200 chloe']],
  ['emptyPage', ['200  cut more', '200 ana,ben,chloe']],
  ['duplicateItem', ['200 ana,ben cut more', '200 ben,chloe']],
  ['itemAdded', ['200 ben cut more', '200 ben,ana,chloe']],
  ['truncatedWithoutMarker', ['200 ana,ben cut']],
  ['invalidNextToken', ['200 ana,ben cut more', '400 ']],
  ['sameToken', ['200 ana,ben cut more', ...Array.from({ length: 4 }, () => '200 chloe cut more')]],
  [
    'tokenCycle',
    [
      '200 ana,ben cut more',
      '200 chloe cut more',
      '200 ana,ben cut more',
      '200 chloe cut more',
      '200 ana,ben cut more',
    ],
  ],
])('%s cuts a listing in XML into pages', (fault, expected) => {
  expect(follow(fault)).toEqual(expected);
});

test('a listing in JSON is cut into pages, too', () => {
  const pages = createPages();
  const first = pages.cut(listGroups, json, 'pages');
  const NextToken = 'accessgraph-page-1';

  expect(JSON.parse(first?.body ?? '')).toEqual({ Groups: [{ GroupId: 'a' }], NextToken });
  expect(JSON.parse(pages.find({ ...listGroups, json: { NextToken } })?.body ?? '')).toEqual({
    Groups: [{ GroupId: 'b' }],
  });
  expect(pages.find(listGroups)).toBeUndefined();
});

test('what EC2 and SQS call their lists is known from the schema', () => {
  const vpcs = '<DescribeVpcsResponse><vpcSet><item><vpcId>a</vpcId></item></vpcSet></DescribeVpcsResponse>';
  const describe = callOf('ec2:DescribeVpcs', { protocol: 'ec2' });

  expect(openListing(describe, vpcs)?.print({ lists: [[]], token: 'more' })).toBe(
    '<DescribeVpcsResponse><vpcSet></vpcSet><nextToken>more</nextToken></DescribeVpcsResponse>',
  );
  expect(openListing(callOf('sqs:ListQueues', { protocol: 'json' }), '{"QueueUrls":["a"]}')?.lists).toEqual([['a']]);
});

test('what lists nothing, or is no list, is not cut', () => {
  const pages = createPages();

  expect(pages.cut(callOf('iam:GetUser'), xml, 'pages')).toBeUndefined();
  expect(pages.cut(listUsers, { ...xml, status: 403 }, 'pages')).toBeUndefined();
  expect(pages.cut(listUsers, { ...xml, body: '<html>' }, 'pages')).toBeUndefined();
});

test('an answer is spoiled in its own form, and an error is left as it is', () => {
  expect(spoil(listGroups, json, 'missingField').body).toBe('{}');
  expect(JSON.parse(spoil(listGroups, json, 'extraField').body)).toMatchObject({
    Groups: [{}, {}],
    AccessGraphStranger: {},
  });
  expect(spoil(listUsers, xml, 'missingField').body).toContain('<ListUsersResult></ListUsersResult>');
  expect(spoil(listUsers, xml, 'extraField').body).toContain('<AccessGraphStranger>');
  expect(spoil(listUsers, xml, 'truncatedBody').body).toBe(xml.body.slice(0, xml.body.length / 2));
  expect(spoil(listUsers, { ...xml, status: 500 }, 'missingField')).toEqual({ ...xml, status: 500 });
});
