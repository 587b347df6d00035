import { Center, Loader, Stack, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ProblemNotice } from '../app/problem-notice';
import { useTitle } from '../app/use-title';
import { useOwnTexts } from '../texts/language';
import { portalPlaces } from './portal-places';
import { openByCode } from './portal-session';
import { own } from './texts';

type Standing = { kind: 'opening' } | { kind: 'refused'; error: unknown } | { kind: 'over'; words: string };

/** `/portal?t=TENANT#CODE`: trades the code for a portal, and goes to its first screen. */
export function PortalPage(): ReactNode {
  const texts = useOwnTexts(own);
  useTitle(texts.title);
  const standing = useOpened();
  return (
    <Center component="main" mih="20rem" p="md">
      <Stack align="center">
        <Title order={1} size="h3">
          {texts.title}
        </Title>
        {standing.kind === 'opening' && <Loader aria-label={texts.opening} />}
        {standing.kind === 'refused' && <ProblemNotice error={standing.error} />}
        {standing.kind === 'over' && <p role="status">{standing.words}</p>}
      </Stack>
    </Center>
  );
}

// A frame that is led to a new link of the same tenant stays the same page, unless it begins anew.
addEventListener('hashchange', () => {
  if (location.hash.length > 1) location.reload();
});

/** Whether this page has asked already: a code works once, however often this is drawn. */
let isAsked = false;

function useOpened(): Standing {
  const texts = useOwnTexts(own);
  const navigate = useNavigate();
  const [standing, stand] = useState<Standing>({ kind: 'opening' });
  const words = useRef(texts);
  words.current = texts;
  useEffect(() => {
    if (isAsked) {
      stand({ kind: 'over', words: words.current.ended });
      return;
    }
    isAsked = true;
    const code = location.hash.slice(1);
    // The code is a secret: neither a bookmark nor the history keeps it.
    history.replaceState(null, '', location.pathname + location.search);
    if (code === '') {
      stand({ kind: 'over', words: words.current.noCode });
      return;
    }
    const over = (): Promise<void> => navigate({ to: '/portal', replace: true });
    openByCode(code, over).then(
      ({ areas, tenantId }) => {
        const [first] = portalPlaces(areas);
        if (first !== undefined) void navigate({ to: first.to, params: { tenant: tenantId }, replace: true });
      },
      (error: unknown) => {
        stand({ kind: 'refused', error });
      },
    );
    // Once.
  }, []);
  return standing;
}
