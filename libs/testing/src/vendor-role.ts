import type { Role } from './company.ts';
import { trust } from './policy-json.ts';

/** The role that the vendor's scanner assumes, told apart from its other customers by the ExternalId. */
export const postureScanner: Role = {
  description: 'Cloud posture scanner of an outside vendor.',
  trust: trust(
    { AWS: 'arn:aws:iam::<vendor>:root' },
    { Sid: 'Vendor', Condition: { StringEquals: { 'sts:ExternalId': 'fernhill-7f3c' } } },
  ),
  managed: ['SecurityAudit'],
  tags: { vendor: 'posture' },
  lastUsed: { at: '2026-11-20T02:15:00.000Z', region: 'us-east-1' },
};
