import {
  BatchGetProjectsCommand,
  CodeBuildClient,
  GetResourcePolicyCommand,
  type Project,
  paginateListProjects,
} from '@aws-sdk/client-codebuild';
import { boolean, date, defineResource, number, string, strings, toKeyArn, toTags } from '@ag/resource';

export const project = defineResource('CodebuildProject', {
  description: 'Builds and tests code. Whoever can start a build, or change what it builds, can act as its role.',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodebuild.html',
  scope: 'regional',
  client: CodeBuildClient,
})
  // A page holds a hundred names, as many as one question about them may.
  .list('codebuild:ListProjects', async function* ({ client }) {
    for await (const { projects = [] } of paginateListProjects({ client }, {})) if (projects.length > 0) yield projects;
  })
  .within('codebuild:BatchGetProjects', async function* ({ client }, names) {
    const answer = await client.send(new BatchGetProjectsCommand({ names }));
    if (answer.projects === undefined) throw new Error('the answer to BatchGetProjects holds no projects');
    yield* answer.projects.map(withoutSecrets);
  })
  .detail('policy', 'codebuild:GetResourcePolicy', async ({ client }, { arn }) => {
    const answer = await client.send(new GetResourcePolicyCommand({ resourceArn: arn }));
    return answer.policy === '' ? undefined : answer.policy;
  })
  .node(({ item }) => item.arn ?? '', {
    name: string('Project name.', ({ item }) => item.name, { indexed: true }),
    description: string('What its owner wrote about it.', ({ item }) => item.description),
    sourceType: string('Where the code comes from: GITHUB, S3, NO_SOURCE …', ({ item }) => item.sourceType),
    visibility: string(
      'PRIVATE, or PUBLIC_READ where anyone may read its builds.',
      ({ item }) => item.projectVisibility,
    ),
    privileged: boolean('Whether builds have root on their machine, to run Docker.', ({ item }) => item.privileged),
    timeoutSeconds: number('How long one build may take.', ({ item }) =>
      item.timeoutInMinutes === undefined ? undefined : item.timeoutInMinutes * 60,
    ),
    createdAt: date('When it was made.', ({ item }) => item.created),
    modifiedAt: date('When it was last changed.', ({ item }) => item.lastModified),
    tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.tags)),
  })
  .edge(
    'RUNS_AS',
    'IamRole',
    'Builds of the project, and CodeBuild for them, act as the role.',
    ({ item }) => item.roles,
  )
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'What the builds produce is encrypted with the key.',
    ({ item, place }) => item.encryptionKey && toKeyArn(item.encryptionKey, place),
  )
  .policy('resource', ({ policy }) => policy)
  .trail(
    'codebuild.amazonaws.com',
    ({ resources }) => resources.find(({ type }) => type === 'AWS::CodeBuild::Project')?.arn,
  );

// Environment variables may be plain text, and the source's address or build specification may hold a token: nothing of them stays.
function withoutSecrets({ name, arn, description, projectVisibility, timeoutInMinutes, ...rest }: Project) {
  const { created, lastModified, tags, encryptionKey, source, environment } = rest;
  const roles = [rest.serviceRole, rest.buildBatchConfig?.serviceRole, rest.resourceAccessRole];
  return {
    ...{ name, arn, description, projectVisibility, timeoutInMinutes, created, lastModified, tags, encryptionKey },
    roles: roles.flatMap((role) => role || []),
    sourceType: source?.type,
    privileged: environment?.privilegedMode ?? false,
  };
}
