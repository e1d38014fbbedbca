import type { Account } from './company.ts';
import { allow, policy } from './policy-json.ts';

/** Owns the organization. Whoever is an administrator here can become one in every member account. */
export const management: Account = {
  title: 'Fernhill Management',
  email: 'aws@fernhill-robotics.example',
  groups: {
    Administrators: { managed: ['AdministratorAccess'] },
  },
  users: {
    'break-glass': { groups: ['Administrators'], password: true, tags: { owner: 'hugo.lindqvist' } },
    'cost-report': {
      inline: { 'read-costs': policy(allow(['ce:Get*', 'organizations:ListAccounts'], '*', { Sid: 'ReadCosts' })) },
      keys: [
        {
          createdAt: '2024-02-12T09:30:00.000Z',
          lastUsed: { at: '2025-01-31T04:00:00.000Z', service: 'ce', region: 'us-east-1' },
        },
      ],
    },
  },
};
