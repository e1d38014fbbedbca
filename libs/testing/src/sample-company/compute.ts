import type { Account, Role } from '../company.ts';
import type { Compute } from '../compute.ts';
import { allow, policy, trust } from './documents.ts';

interface Running {
  /** The roles that run it, beside those of the account. */
  readonly roles: Readonly<Record<string, Role>>;
  readonly compute: Compute;
}

/** An account with what runs in it. */
export function withCompute(account: Account, { roles, compute }: Running): Account {
  return { ...account, roles: { ...account.roles, ...roles }, compute };
}

const orders = 'arn:aws:sqs:eu-west-1:<production>:orders';

/** The shop: containers for the pages, a function for the orders, a workflow for what follows. */
export const productionCompute: Running = {
  roles: {
    'order-intake': {
      description: 'The function that takes orders',
      trust: policy(trust({ Service: 'lambda.amazonaws.com' })),
      inline: { queue: policy(allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], orders)) },
    },
    storefront: {
      description: 'The pages of the shop',
      trust: policy(trust({ Service: 'ecs-tasks.amazonaws.com' })),
      inline: {
        orders: policy(
          allow('sqs:SendMessage', orders),
          allow('lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:<production>:function:order-intake:live'),
        ),
      },
    },
    'container-start': {
      description: 'Fetches images and secrets for containers',
      trust: policy(trust({ Service: 'ecs-tasks.amazonaws.com' })),
      managed: ['service-role/AmazonECSTaskExecutionRolePolicy'],
    },
    fulfilment: {
      description: 'What happens after an order',
      trust: policy(trust({ Service: 'states.amazonaws.com' })),
      inline: {
        intake: policy(allow('lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:<production>:function:order-intake*')),
      },
    },
    'factory-robot': {
      description: 'Robots on the factory floor',
      trust: policy({
        Effect: 'Allow',
        Principal: { Service: 'rolesanywhere.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        Condition: { StringEquals: { 'aws:PrincipalTag/x509Subject/OU': 'robots' } },
      }),
      inline: { orders: policy(allow('sqs:ReceiveMessage', orders)) },
    },
  },
  compute: {
    layers: { tracing: { description: 'Sends traces', sharedWith: '<development>' } },
    functions: {
      'order-intake': {
        role: 'order-intake',
        layers: ['tracing'],
        key: 'app',
        environment: { QUEUE: 'orders', PAYMENT_TOKEN: 'sk_live_51northwindCanary' },
        invokers: [{ principal: 's3.amazonaws.com', sourceArn: 'arn:aws:s3:::northwind-orders' }],
        aliases: { live: { invokers: [{ principal: 'arn:aws:iam::<shared>:role/github-release' }] } },
        url: 'AWS_IAM',
        queue: 'orders',
        tags: { team: 'shop' },
      },
    },
    containers: {
      storefront: {
        role: 'storefront',
        executionRole: 'container-start',
        image: 'nginx:1.29',
        environment: { SESSION_SECRET: 'northwind-session-canary' },
        tags: { team: 'shop' },
      },
    },
    workflows: {
      'fulfil-order': {
        role: 'fulfilment',
        definition: { StartAt: 'Done', States: { Done: { Type: 'Succeed', Comment: 'northwind-definition-canary' } } },
        tags: { team: 'shop' },
      },
    },
    parameters: {
      '/shop/database/password': { value: 'northwind-parameter-canary', key: 'app', tags: { team: 'shop' } },
      '/shop/prices': {
        value: 'https://prices.northwind.example',
        advanced: true,
        // As RAM writes it for a shared parameter.
        policy: policy({
          Effect: 'Allow',
          Principal: { AWS: '<development>' },
          Action: ['ssm:DescribeParameters', 'ssm:GetParameter', 'ssm:GetParameters'],
          Resource: 'arn:aws:ssm:eu-west-1:<production>:parameter/shop/prices',
        }),
      },
    },
    documents: {
      'northwind-restart-shop': {
        content: {
          schemaVersion: '2.2',
          description: 'Restarts the shop',
          mainSteps: [
            { action: 'aws:runShellScript', name: 'restart', inputs: { runCommand: ['systemctl restart shop'] } },
          ],
        },
        sharedWith: ['<development>'],
        tags: { team: 'shop' },
      },
    },
    trustAnchors: ['factory-floor'],
    outsideProfiles: { robots: ['factory-robot'] },
  },
};

/** Builds firmware for all. */
export const sharedCompute: Running = {
  roles: {
    'firmware-build': {
      description: 'Builds the firmware of the robots',
      trust: policy(trust({ Service: 'codebuild.amazonaws.com' })),
      inline: { artifacts: policy(allow('s3:PutObject', 'arn:aws:s3:::northwind-artifacts/firmware/*')) },
    },
  },
  compute: {
    builds: {
      firmware: {
        role: 'firmware-build',
        source: 'https://github.com/northwind/robots.git',
        environment: { REGISTRY_PASSWORD: 'northwind-build-canary' },
        tags: { team: 'platform' },
      },
    },
    shares: {
      'firmware-builds': {
        resources: ['arn:aws:codebuild:eu-west-1:<shared>:project/firmware'],
        principals: ['<development>'],
        permission: 'AWSRAMDefaultPermissionCodeBuildProject',
      },
    },
  },
};

/** Simulates robots. */
export const developmentCompute: Running = {
  roles: {
    'fleet-control': {
      trust: policy(trust({ Service: 'eks.amazonaws.com' })),
      managed: ['AmazonEKSClusterPolicy'],
    },
    'fleet-machines': {
      trust: policy(trust({ Service: ['ec2.amazonaws.com', 'eks-fargate-pods.amazonaws.com'] })),
      managed: ['AmazonEKSWorkerNodePolicy'],
    },
    simulator: {
      trust: policy(trust({ Service: 'pods.eks.amazonaws.com' }), {
        Effect: 'Allow',
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: 'sts:TagSession',
      }),
      inline: { telemetry: policy(allow('sqs:SendMessage', 'arn:aws:sqs:eu-central-1:<development>:telemetry')) },
    },
  },
  compute: {
    kubernetes: {
      fleet: {
        role: 'fleet-control',
        nodeRole: 'fleet-machines',
        podRole: 'fleet-machines',
        access: [
          { role: 'deploy', policy: 'AmazonEKSAdminPolicy', namespaces: ['simulation'] },
          { role: 'telemetry-worker', policy: 'AmazonEKSViewPolicy' },
        ],
        podIdentities: [{ namespace: 'simulation', serviceAccount: 'simulator', role: 'simulator' }],
      },
    },
  },
};

/** Watches over all. */
export const securityCompute: Running = {
  roles: {},
  compute: {
    trails: { 'northwind-audit': { bucket: 'northwind-audit-logs', multiRegion: true, tags: { team: 'security' } } },
  },
};
