import { Button } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';
import type { ViewsMenuProps } from './views-popover';

const ViewsPopover = lazy(async () => ({ default: (await import('./views-popover')).ViewsPopover }));

/** Somebody's own names for filters. Not loaded before somebody opens it: the first screen has better things to load. */
export function ViewsMenu(props: ViewsMenuProps): ReactNode {
  const texts = useOwnTexts(own);
  const [isWanted, want] = useState(false);
  const button = (
    <Button
      size="xs"
      variant="default"
      aria-haspopup="dialog"
      onClick={() => {
        want(true);
      }}
    >
      {texts.mine}&nbsp;▾
    </Button>
  );
  return isWanted ? (
    <Suspense fallback={button}>
      <ViewsPopover {...props} />
    </Suspense>
  ) : (
    button
  );
}
