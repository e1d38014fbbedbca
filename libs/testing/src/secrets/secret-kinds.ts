/** One kind of secret that AWS answers with: where it stands in an answer, and the page that says so. */
export interface SecretKind {
  readonly name: string;
  /** Of the operation and the names of the members down to the value: `DescribeTaskDefinition.taskDefinition.….value`. */
  readonly at: RegExp;
  /** A member that is added to every structure, since AWS may add one at any time; none where the name says too little. */
  readonly member?: string;
  readonly docs: string;
}

const api = 'https://docs.aws.amazon.com';

/** The one table of what must never be kept (I14). */
export const secretKinds: readonly SecretKind[] = [
  {
    name: 'user-data',
    at: /\.UserData(\.Value)?$/,
    member: 'UserData',
    docs: `${api}/AWSEC2/latest/UserGuide/user-data.html`,
  },
  {
    name: 'function-environment',
    at: /\.Environment\.Variables\.[^.]+$/,
    docs: `${api}/lambda/latest/dg/configuration-envvars.html`,
  },
  {
    // The place of a secret, `secrets[].valueFrom`, is an ARN and none itself.
    name: 'container-environment',
    at: /\.environment\.value$/,
    docs: `${api}/AmazonECS/latest/APIReference/API_ContainerDefinition.html`,
  },
  {
    name: 'parameter-value',
    at: /\.(Parameters?|ParameterHistory|Parameters\.History)\.Value$/,
    docs: `${api}/systems-manager/latest/APIReference/API_Parameter.html`,
  },
  {
    name: 'secret-value',
    at: /\.Secret(String|Binary)$/,
    member: 'SecretString',
    docs: `${api}/secretsmanager/latest/apireference/API_GetSecretValue.html`,
  },
  {
    name: 'build-environment',
    at: /\.environmentVariables(Override)?\.value$/,
    docs: `${api}/codebuild/latest/APIReference/API_EnvironmentVariable.html`,
  },
  {
    name: 'vpn-key',
    at: /\.(PreSharedKey|CustomerGatewayConfiguration)$/,
    member: 'PreSharedKey',
    docs: `${api}/AWSEC2/latest/APIReference/API_TunnelOption.html`,
  },
  {
    name: 'access-key',
    at: /\.secretAccessKey$/i,
    member: 'SecretAccessKey',
    docs: `${api}/IAM/latest/APIReference/API_AccessKey.html`,
  },
  {
    name: 'session-token',
    at: /\.(session|access|refresh|bearer|authorization|id)Token$/i,
    member: 'SessionToken',
    docs: `${api}/STS/latest/APIReference/API_Credentials.html`,
  },
  {
    name: 'password',
    at: /password$/i,
    member: 'MasterUserPassword',
    docs: `${api}/AmazonRDS/latest/APIReference/API_PendingModifiedValues.html`,
  },
  {
    name: 'api-key',
    at: /(ApiKeys?\.(items\.)?value|\.ApiKeyValue|\.clientSecret)$/i,
    member: 'clientSecret',
    docs: `${api}/apigateway/latest/api/API_ApiKey.html`,
  },
  {
    name: 'stage-variable',
    at: /\.(variables|stageVariables|StageVariables)\.[^.]+$/,
    docs: `${api}/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html`,
  },
  {
    name: 'state-machine',
    at: /StateMachine\w*\.definition$/,
    member: 'definition',
    docs: `${api}/step-functions/latest/apireference/API_DescribeStateMachine.html`,
  },
  {
    name: 'private-key',
    at: /\.(privateKey\w*|KeyMaterial|Plaintext)$/i,
    member: 'KeyMaterial',
    docs: `${api}/AWSEC2/latest/APIReference/API_CreateKeyPair.html`,
  },
];

/** The secret that is planted for a kind; long and odd enough to be nothing else. */
export function canaryOf({ name }: SecretKind): string {
  return `canary-${name}-Qx7vTz41kRw9`;
}

/** The kinds whose secrets a text holds, plain or in base64, as user data is. */
export function findSecrets(text: string): readonly string[] {
  return secretKinds
    .filter((kind) => {
      const canary = canaryOf(kind);
      const encoded = [0, 1, 2].map((shift) => encodedMiddle(canary, shift));
      return [canary, ...encoded].some((form) => text.includes(form));
    })
    .map(({ name }) => name);
}

/** What stays the same in base64 whatever comes before and after: a third of all places begins a new group of bytes. */
function encodedMiddle(text: string, shift: number): string {
  return Buffer.from(text.slice((3 - shift) % 3))
    .toString('base64')
    .slice(0, -4);
}
