import { declare, defineNode } from '@ag/resource';

const runsAs = {
  type: 'RUNS_AS',
  target: 'IamRole',
  sentence: 'Its containers act as the role, or are started with it: `taskRoleArn` and `executionRoleArn` tell which.',
};
const roles = {
  taskRoleArn: declare('string', 'The role that its containers act as.'),
  executionRoleArn: declare('string', 'The role that fetches images and secrets for them and writes their logs.'),
};

export const ecsCluster = defineNode({
  label: 'EcsCluster',
  description: 'A place where containers run.',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html',
  properties: {
    name: declare('string', 'Cluster name.', { indexed: true }),
    status: declare('string', 'ACTIVE, PROVISIONING …'),
    execLogging: declare(
      'string',
      'Where commands that people run in containers are logged: DEFAULT, OVERRIDE or NONE.',
    ),
    tags: declare('strings', 'Tags as `key=value`.'),
  },
  edges: [
    {
      type: 'ENCRYPTED_WITH',
      target: 'KmsKey',
      sentence: 'Sessions of commands in its containers are encrypted with the key.',
    },
  ],
});

export const ecsService = defineNode({
  label: 'EcsService',
  description:
    'Keeps a number of tasks running. Where commands may be run in its containers, who may do that acts as its role.',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html',
  properties: {
    name: declare('string', 'Service name.', { indexed: true }),
    status: declare('string', 'ACTIVE, DRAINING or INACTIVE.'),
    launchType: declare('string', 'EC2, FARGATE or EXTERNAL.'),
    allowsExec: declare('boolean', 'Whether commands may be run in its containers (`ecs:ExecuteCommand`).'),
    ...roles,
    createdAt: declare('date', 'When it was made.'),
    createdBy: declare('string', 'Who made it.'),
    tags: declare('strings', 'Tags as `key=value`.'),
  },
  edges: [
    { type: 'IN_CLUSTER', target: 'EcsCluster', sentence: 'The service runs in the cluster.' },
    { type: 'USES', target: 'EcsTaskDefinition', sentence: 'The service’s tasks are made by the definition.' },
    runsAs,
  ],
});

export const ecsTaskDefinition = defineNode({
  label: 'EcsTaskDefinition',
  description:
    'What a task is made of, read where a service uses it: images, and the roles of the containers. Never their environment.',
  docs: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definitions.html',
  properties: {
    name: declare('string', 'Its family and revision: `shop:12`.', { indexed: true }),
    status: declare('string', 'ACTIVE, or INACTIVE where only what runs already may use it.'),
    images: declare('strings', 'Images of its containers.'),
    networkMode: declare('string', 'How its containers reach the network: awsvpc, bridge, host or none.'),
    ...roles,
    registeredAt: declare('date', 'When it was made.'),
    registeredBy: declare('string', 'Who made it.'),
    tags: declare('strings', 'Tags as `key=value`.'),
  },
  edges: [runsAs],
});
