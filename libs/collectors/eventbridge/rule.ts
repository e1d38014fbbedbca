import {
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { defineResource, eventResource, string } from '@ag/resource';

// Not what it hands to its targets: inputs may hold anything.
export const rule = defineResource('EventBridgeRule', {
  description:
    'Hands events of a bus to targets, as a role where a target needs one. The policy of its bus speaks for it.',
  docs: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html',
  scope: 'regional',
  client: EventBridgeClient,
})
  .list('events:ListEventBuses', async function* ({ client }) {
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListEventBusesCommand({ NextToken, Limit: 100 }));
      yield* page.EventBuses ?? [];
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  })
  .within('events:ListRules', async function* ({ client }, bus) {
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListRulesCommand({ EventBusName: bus.Name, NextToken, Limit: 100 }));
      yield* (page.Rules ?? []).map((rule) => ({ ...rule, bus }));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  })
  .detail('targets', 'events:ListTargetsByRule', async ({ client }, { Name, bus }) => {
    const targets: Target[] = [];
    let NextToken: string | undefined;
    do {
      const request = { Rule: Name, EventBusName: bus.Name, NextToken, Limit: 100 };
      const page = await client.send(new ListTargetsByRuleCommand(request));
      targets.push(...(page.Targets ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return targets;
  })
  .node(({ item }) => item.Arn ?? '', {
    name: string('Its name, unique on its bus.', ({ item }) => item.Name, { indexed: true }),
    description: string('What its owner wrote about it.', ({ item }) => item.Description),
    state: string('ENABLED or DISABLED.', ({ item }) => item.State),
    schedule: string('When it runs by itself: `rate(1 day)`.', ({ item }) => item.ScheduleExpression),
    managedBy: string('The AWS service that made it and alone may change it.', ({ item }) => item.ManagedBy),
  })
  .edge('ON_BUS', 'EventBridgeEventBus', 'The rule looks at the events of the bus.', ({ item }) => item.bus.Arn)
  .edge('DELIVERS_TO', 'AwsResource', 'The rule hands events on to the resource.', ({ targets }) =>
    (targets ?? []).flatMap(({ Arn }) => Arn ?? []),
  )
  .edge('RUNS_AS', 'IamRole', 'The rule reaches a target as the role.', ({ item, targets }) => [
    ...(item.RoleArn === undefined ? [] : [item.RoleArn]),
    ...(targets ?? []).flatMap(({ RoleArn }) => RoleArn ?? []),
  ])
  .trail('events.amazonaws.com', (event) => eventResource(event, 'events', 'rule/'));
