import type { AdvancedEventSelector, EventSelector, GetEventSelectorsCommandOutput } from '@aws-sdk/client-cloudtrail';

type Selectors = Pick<GetEventSelectorsCommandOutput, 'EventSelectors' | 'AdvancedEventSelectors'>;

/**
 * Which calls that manage resources a trail writes: All, ReadOnly, WriteOnly or None; `Selected` where its rules go further.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function managementEvents({ EventSelectors = [], AdvancedEventSelectors = [] }: Selectors): string {
  const written =
    AdvancedEventSelectors.length > 0 ? AdvancedEventSelectors.flatMap(ofAdvanced) : EventSelectors.flatMap(ofBasic);
  const kinds = new Set(written);
  if (kinds.has('All') || (kinds.has('ReadOnly') && kinds.has('WriteOnly'))) return 'All';
  if (kinds.has('Selected')) return 'Selected';
  const [kind = 'None'] = kinds;
  return kind;
}

/** The selectors by the members that we know: whatever AWS adds to them later is not ours to keep unseen. */
export function toSelectors({ EventSelectors = [], AdvancedEventSelectors = [] }: Selectors) {
  return {
    basic: EventSelectors.map(({ ReadWriteType, IncludeManagementEvents, DataResources, ...selector }) => ({
      ReadWriteType,
      IncludeManagementEvents,
      DataResources: DataResources?.map(({ Type, Values }) => ({ Type, Values })),
      ExcludeManagementEventSources: selector.ExcludeManagementEventSources,
    })),
    advanced: AdvancedEventSelectors.map(({ Name, FieldSelectors = [] }) => ({
      Name,
      FieldSelectors: FieldSelectors.map(({ Field, Equals, StartsWith, EndsWith, ...not }) => ({
        Field,
        Equals,
        StartsWith,
        EndsWith,
        NotEquals: not.NotEquals,
        NotStartsWith: not.NotStartsWith,
        NotEndsWith: not.NotEndsWith,
      })),
    })),
  };
}

function ofBasic(selector: EventSelector): readonly string[] {
  const { IncludeManagementEvents = true, ReadWriteType = 'All', ExcludeManagementEventSources = [] } = selector;
  if (!IncludeManagementEvents) return [];
  return [ExcludeManagementEventSources.length > 0 ? 'Selected' : ReadWriteType];
}

function ofAdvanced({ FieldSelectors = [] }: AdvancedEventSelector): readonly string[] {
  const category = FieldSelectors.find(({ Field }) => Field === 'eventCategory');
  if (!category?.Equals?.includes('Management')) return [];
  const others = FieldSelectors.filter((field) => field !== category);
  const [readOnly, ...more] = others;
  if (!readOnly) return ['All'];
  if (readOnly.Field !== 'readOnly' || more.length > 0) return ['Selected'];
  return [readOnly.Equals?.includes('true') === true ? 'ReadOnly' : 'WriteOnly'];
}
