import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { Choice } from '../list/choice';
import { FilterBar } from '../list/filter-bar';
import { MoreFilters } from '../list/more-filters';
import { TimeFilter } from '../list/time-filter';
import { WordFilter } from '../list/word-filter';
import { useOwnTexts, useTexts } from '../texts/language';
import {
  CALL_VIEWS,
  DIRECTIONS,
  RESULTS,
  readCallFilters,
  viewOf,
  withView,
  type CallFilters,
} from './call-filters';
import { own } from './texts';

interface CallFilterBarProps {
  filters: CallFilters;
  show: (next: CallFilters) => void;
}

/** What of the calls is shown. */
export function CallFilterBar({ filters, show }: CallFilterBarProps): ReactNode {
  const texts = useTexts();
  const calls = useOwnTexts(own);
  const set =
    <K extends keyof CallFilters>(name: K) =>
    (value: CallFilters[K]): void => {
      show({ ...filters, [name]: value });
    };
  return (
    <FilterBar list="calls" filters={filters} show={show} read={readCallFilters} none={{}}>
      <SegmentedControl
        aria-label={texts.list.views}
        size="xs"
        data={CALL_VIEWS.map((view) => ({ value: view, label: calls[view] }))}
        value={viewOf(filters)}
        onChange={(view) => {
          show(withView(filters, view));
        }}
      />
      <WordFilter
        label={calls.number}
        hint={calls.numberHint}
        value={filters.number}
        choose={set('number')}
      />
      <MoreFilters>
        <WordFilter
          label={calls.extension}
          hint={calls.extensionHint}
          value={filters.extension}
          choose={set('extension')}
        />
        <Choice
          label={calls.result}
          of={RESULTS}
          words={(one) => texts.results[one]}
          value={filters.result}
          choose={set('result')}
        />
        <Choice
          label={calls.direction}
          of={DIRECTIONS}
          words={(one) => texts.directions[one]}
          value={filters.direction}
          choose={set('direction')}
        />
        <TimeFilter label={texts.list.from} value={filters.from} choose={set('from')} />
        <TimeFilter label={texts.list.to} value={filters.to} choose={set('to')} />
      </MoreFilters>
    </FilterBar>
  );
}
