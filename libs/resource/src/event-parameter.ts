import type { TrailEvent } from './definition.ts';

/** A request parameter of a CloudTrail event that is text: `topicArn`, say. */
export function eventParameter({ requestParameters }: TrailEvent, name: string): string | undefined {
  const value = requestParameters[name];
  return typeof value === 'string' ? value : undefined;
}

/** The ARN of the first resource of an event that is of a service and whose own part begins so: `table/`. */
export function eventResource({ resources }: TrailEvent, service: string, beginning: string): string | undefined {
  return resources.find(({ arn }) => {
    const parts = arn?.split(':') ?? [];
    return parts[2] === service && parts.slice(5).join(':').startsWith(beginning);
  })?.arn;
}
