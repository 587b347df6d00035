import { Button, Loader, Text } from '@mantine/core';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useTexts } from '../texts/language';
import './list.css';

/** Rows that came while somebody reads. */
export interface Newer {
  count: number;
  /** Whether there may be more than those. */
  isMore: boolean;
  show: () => void;
  /** Told whether the reader is at the top, whenever that changes. */
  setAtTop: (atTop: boolean) => void;
}

interface EndlessListProps<T> {
  label: string;
  /** Of the cells' columns. */
  className: string;
  /** Words of the columns; those that are not for narrow screens have `wide`. */
  columns: readonly { text: string; wide?: boolean }[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** Give the same function as long as it shows the same: rows that are there already are not made again then. */
  cells: (row: T) => ReactNode;
  rowHeight: number;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => unknown;
  newer?: Newer;
}

/** Rows left below what is seen when more of them are asked for. */
const AHEAD = 20;

/** A list of any length: only the rows that are seen exist, and more come while one scrolls. Arrows or j and k go from row to row. */
export function EndlessList<T>({ label, className, columns, ...list }: EndlessListProps<T>): ReactNode {
  const { rows, hasMore, isLoadingMore, newer } = list;
  const scrolled = useRef<HTMLDivElement>(null);
  const virtual = useRows(scrolled, list);
  const walk = useWalk(scrolled, rows.length, virtual);
  return (
    <div className="list-frame">
      {newer !== undefined && <NewerButton newer={newer} virtual={virtual} />}
      <div
        className="list-scroll"
        ref={scrolled}
        tabIndex={0}
        role="region"
        aria-label={label}
        data-scroll-restoration-id={className}
        onKeyDown={walk}
      >
        <div role="table" aria-label={label} aria-rowcount={hasMore ? -1 : rows.length + 1}>
          <div role="rowgroup" className="list-head">
            <div role="row" className={className}>
              {columns.map(({ text, wide }) => (
                <span key={text} role="columnheader" className={wide === true ? 'wide' : undefined}>
                  {text}
                </span>
              ))}
            </div>
          </div>
          <div role="rowgroup" className="list-body" style={{ blockSize: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ key, ...place }) => {
              const row = rows[place.index];
              return (
                row !== undefined && (
                  <OneRow key={key} {...place} row={row} cells={list.cells as Cells} className={className} />
                )
              );
            })}
          </div>
        </div>
        <Foot isLoadingMore={isLoadingMore} hasMore={hasMore} />
      </div>
    </div>
  );
}

type Rows = Virtualizer<HTMLDivElement, Element>;

function useRows<T>(
  scrolled: RefObject<HTMLDivElement | null>,
  list: Omit<EndlessListProps<T>, 'label' | 'className' | 'columns'>,
): Rows {
  const { rows, rowHeight, keyOf, hasMore, isLoadingMore, loadMore, newer } = list;
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scrolled.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
  });
  const last = virtual.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= rows.length - AHEAD) loadMore();
  }, [hasMore, isLoadingMore, last, loadMore, rows.length]);
  const atTop = (virtual.scrollOffset ?? 0) < rowHeight;
  const setAtTop = newer?.setAtTop;
  useEffect(() => {
    setAtTop?.(atTop);
  }, [atTop, setAtTop]);
  return virtual;
}

type Cells = (row: unknown) => ReactNode;

interface OneRowProps {
  row: unknown;
  cells: Cells;
  className: string;
  index: number;
  start: number;
  size: number;
}

/** Not made again while others come and go around it. */
const OneRow = memo(({ row, cells, className, index, start, size }: OneRowProps): ReactNode => (
  <div
    role="row"
    aria-rowindex={index + 2}
    data-index={index}
    className="list-row"
    style={{ blockSize: size, transform: `translateY(${start}px)` }}
  >
    <div className={className} role="presentation">
      {cells(row)}
    </div>
  </div>
));

function NewerButton({
  newer: { count, isMore, show },
  virtual,
}: {
  newer: Newer;
  virtual: Rows;
}): ReactNode {
  const { list } = useTexts();
  return (
    <div className="list-newer" role="status">
      {count > 0 && (
        <Button
          size="compact-sm"
          radius="xl"
          onClick={() => {
            show();
            virtual.scrollToOffset(0);
          }}
        >
          {list.newer(count, isMore)}
        </Button>
      )}
    </div>
  );
}

function Foot({ isLoadingMore, hasMore }: { isLoadingMore: boolean; hasMore: boolean }): ReactNode {
  const { list } = useTexts();
  return (
    <Text size="sm" c="dimmed" ta="center" p="xs">
      {isLoadingMore ? <Loader size="xs" aria-label={list.more} /> : hasMore ? '' : list.end}
    </Text>
  );
}

const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** Keys that go from row to row; Enter follows the link of the row that one is on. */
function useWalk(
  scrolled: RefObject<HTMLDivElement | null>,
  count: number,
  virtual: Rows,
): (event: KeyboardEvent) => void {
  return (event) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset['index'];
    const seen = virtual.range?.startIndex ?? 0;
    const next = now === undefined ? seen : Number(now) + step;
    if (next < 0 || next >= count) return;
    event.preventDefault();
    virtual.scrollToIndex(next);
    const focus = (): boolean => {
      const link = scrolled.current?.querySelector<HTMLElement>(`[data-index="${next}"] a`);
      link?.focus({ preventScroll: true });
      return link != null;
    };
    // What was not seen is made when it has been scrolled to.
    if (!focus()) requestAnimationFrame(focus);
  };
}
