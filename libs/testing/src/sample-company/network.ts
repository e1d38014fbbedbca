import type { Network } from '../network.ts';
import { policy } from './documents.ts';

/** Where the shop runs: what customers reach, what they do not, and the ways out. */
export const productionNetwork: Network = {
  region: 'eu-west-1',
  cidrBlock: '10.10.0.0/16',
  subnets: {
    'shop-public-a': { cidrBlock: '10.10.0.0/24', zone: 'a', public: true },
    'shop-private-a': { cidrBlock: '10.10.10.0/24', zone: 'a' },
    'shop-private-b': { cidrBlock: '10.10.11.0/24', zone: 'b' },
  },
  endpoints: {
    // Only what belongs to the organization goes through.
    s3: {
      policy: policy({
        Sid: 'OnlyNorthwind',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceOrgID': '<organization>' } },
      }),
    },
    sqs: {},
  },
  keyPairs: ['shop-operations'],
  launchTemplates: {
    shop: {
      versions: [
        { profile: 'web', keyPair: 'shop-operations', subnet: 'shop-private-a' },
        {
          profile: 'web',
          subnet: 'shop-private-a',
          requiresMetadataToken: true,
          userData: '#!/bin/sh\nexport SHOP=1\n',
        },
      ],
    },
  },
  volumes: {
    // The scanner that is rented looks at a copy of the orders.
    orders: { sizeGibibytes: 100, key: 'app', snapshot: { sharedWith: ['scanner-vendor', 'security'] } },
    // Shown to everybody by mistake.
    catalogue: { sizeGibibytes: 20, snapshot: { public: true } },
    scratch: { sizeGibibytes: 8, snapshot: {} },
  },
  images: { 'shop-golden': { of: 'web-1', sharedWith: ['development'] } },
  flowLogTo: 'northwind-orders',
  peers: ['development'],
  leftovers: { destination: '192.0.2.0/24' },
  blocksPublicAccess: 'block-ingress',
};

/** The hub: joins the networks of the company and the offices, and offers the robots' update service. */
export const sharedNetwork: Network = {
  region: 'eu-west-1',
  cidrBlock: '10.0.0.0/16',
  subnets: { 'hub-a': { cidrBlock: '10.0.0.0/24', zone: 'a' } },
  prefixLists: { offices: { '203.0.113.0/24': 'Lisbon', '198.51.100.0/24': 'Oslo' } },
  transitGateway: {
    description: 'Joins the networks of Northwind',
    sharedWith: ['production'],
    drops: ['10.99.0.0/16'],
  },
  vpn: { address: '203.0.113.9', asn: 65010, destination: '172.16.0.0/16' },
  offers: { name: 'robot-updates', admits: ['arn:aws:iam::<development>:root', 'arn:aws:iam::<scanner-vendor>:root'] },
};

/** Where developers try things. */
export const developmentNetwork: Network = {
  region: 'eu-central-1',
  cidrBlock: '10.20.0.0/16',
  subnets: { 'build-a': { cidrBlock: '10.20.0.0/24', zone: 'a', public: true } },
  // Anyone may start it: it is the image of the robots' simulator.
  images: { 'robot-simulator': { of: 'build-1', public: true } },
};
