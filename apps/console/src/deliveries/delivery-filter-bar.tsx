import { Pill, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { EndpointDto } from '../api/operations';
import { Choice } from '../list/choice';
import { FilterBar } from '../list/filter-bar';
import { MoreFilters } from '../list/more-filters';
import { TimeFilter } from '../list/time-filter';
import { WordFilter } from '../list/word-filter';
import { useOwnTexts, useTexts } from '../texts/language';
import { DELIVERY_STATES, readDeliveryFilters, statusOf, type DeliveryFilters } from './delivery-filters';
import { own } from './texts';

interface DeliveryFilterBarProps {
  filters: DeliveryFilters;
  endpoints: readonly Pick<EndpointDto, 'id' | 'name'>[];
  show: (next: DeliveryFilters) => void;
}

/** What of the deliveries is shown. */
export function DeliveryFilterBar({ filters, endpoints, show }: DeliveryFilterBarProps): ReactNode {
  const shared = useTexts();
  const texts = useOwnTexts(own);
  const set =
    <K extends keyof DeliveryFilters>(name: K) =>
    (value: DeliveryFilters[K]): void => {
      show({ ...filters, [name]: value });
    };
  return (
    <FilterBar list="deliveries" filters={filters} show={show} read={readDeliveryFilters} none={{}}>
      <SegmentedControl
        aria-label={texts.state}
        size="xs"
        data={[
          { value: 'all', label: texts.all },
          ...DELIVERY_STATES.map((state) => ({ value: state, label: shared.deliveryStates[state] })),
        ]}
        value={filters.state ?? 'all'}
        onChange={(chosen) => {
          show({ ...filters, state: DELIVERY_STATES.find((state) => state === chosen) });
        }}
      />
      <Choice
        label={texts.endpoint}
        of={endpoints.map(({ id }) => id)}
        words={(id) => endpoints.find((endpoint) => endpoint.id === id)?.name ?? id}
        value={filters.endpointId}
        choose={set('endpointId')}
      />
      <MoreFilters>
        <WordFilter
          label={texts.event}
          hint={texts.eventHint}
          value={filters.eventType}
          choose={set('eventType')}
        />
        <WordFilter
          label={texts.status}
          hint={texts.statusHint}
          value={filters.status?.toString()}
          choose={(text) => {
            show({ ...filters, status: statusOf(text) });
          }}
        />
        <WordFilter
          label={texts.number}
          hint={texts.numberHint}
          value={filters.number}
          choose={set('number')}
        />
        <TimeFilter label={shared.list.from} value={filters.from} choose={set('from')} />
        <TimeFilter label={shared.list.to} value={filters.to} choose={set('to')} />
      </MoreFilters>
      <Narrowed filters={filters} show={show} />
    </FilterBar>
  );
}

/** To one call or one replay, which nobody writes by hand. */
function Narrowed({ filters, show }: Omit<DeliveryFilterBarProps, 'endpoints'>): ReactNode {
  const { actions } = useTexts();
  const texts = useOwnTexts(own);
  return (['callId', 'replayId'] as const).map(
    (name) =>
      filters[name] !== undefined && (
        <Pill
          key={name}
          withRemoveButton
          removeButtonProps={{ 'aria-label': actions.clear }}
          onRemove={() => {
            show({ ...filters, [name]: undefined });
          }}
        >
          {name === 'callId' ? texts.ofCall : texts.ofReplay}
        </Pill>
      ),
  );
}
