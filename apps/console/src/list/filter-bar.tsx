import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/language';
import { CopyLink } from './copy-link';
import { ViewsMenu } from './views-menu';

interface FilterBarProps<F extends object> {
  /** Whose saved views are offered. */
  list: string;
  filters: F;
  show: (next: F) => void;
  /** Reads filters that were kept; leaves out what it does not know. */
  read: (kept: Record<string, unknown>) => F;
  /** Nothing filtered at all. */
  none: F;
  /** The filters themselves. */
  children: ReactNode;
}

/** Filters of a list, and what one does with all of them: keep them as a view, hand them on as a link, clear them. */
export function FilterBar<F extends object>({
  list,
  filters,
  show,
  read,
  none,
  children,
}: FilterBarProps<F>): ReactNode {
  const { actions } = useTexts();
  return (
    <div className="list-filters">
      {children}
      <ViewsMenu
        list={list}
        filters={filters}
        choose={(kept) => {
          show(read(kept));
        }}
      />
      <CopyLink />
      {Object.keys(filters).length > 0 && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            show(none);
          }}
        >
          {actions.clear}
        </Button>
      )}
    </div>
  );
}
