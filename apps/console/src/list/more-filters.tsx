import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

/** Filters that a narrow screen shows only when they are asked for: the list itself has to fit as well. */
export function MoreFilters({ children }: { children: ReactNode }): ReactNode {
  const texts = useOwnTexts(own);
  const [isOpen, open] = useState(false);
  return (
    <>
      {!isOpen && (
        <Button
          size="xs"
          variant="default"
          className="list-more-button"
          onClick={() => {
            open(true);
          }}
        >
          {texts.more}
        </Button>
      )}
      <div className={isOpen ? 'list-more open' : 'list-more'}>{children}</div>
    </>
  );
}
