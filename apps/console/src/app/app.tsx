import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Problem } from '../api/problem';
import { LanguageProvider, useLanguage, type FirstTexts } from '../texts/language';
import { DIRECTION } from '../texts/languages';
import { router } from './router';
import { cssVariables, theme } from './theme';

const MOST_RETRIES = 2;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server refused it refuses again.
      retry: (failures, error) =>
        failures < MOST_RETRIES && !(error instanceof Problem && error.status !== 0 && error.status < 500),
    },
  },
});

/** Where the library that keeps the page behind a dialog still looks for it. */
declare global {
  var __webpack_nonce__: string | undefined;
}
globalThis.__webpack_nonce__ = styleNonce();

/** Of the page as it was served: styles that are made while it runs carry it. */
function styleNonce(): string {
  return document.querySelector<HTMLElement>('meta[property=csp-nonce]')?.nonce ?? '';
}

// What locks the page behind a dialog makes a style of its own, and looks here for the nonce.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

export function App({ first }: { first: FirstTexts }): ReactNode {
  return (
    <LanguageProvider first={first}>
      <Looks />
    </LanguageProvider>
  );
}

function Looks(): ReactNode {
  const { language } = useLanguage();
  return (
    <DirectionProvider key={language} initialDirection={DIRECTION[language]} detectDirection={false}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={styleNonce}
      >
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
