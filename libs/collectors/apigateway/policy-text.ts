/**
 * The policy of a REST API, which API Gateway answers as a JSON string without its quotes: `{\"Version\": …}`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html
 */
export function toPolicyText(answer: string | undefined): string | undefined {
  if (answer === undefined || answer === '') return undefined;
  if (isDocument(answer)) return answer;
  const text: unknown = JSON.parse(`"${answer}"`);
  return typeof text === 'string' ? text : undefined;
}

function isDocument(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object';
  } catch {
    return false;
  }
}
