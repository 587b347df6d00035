import { isLightColor, useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import type { PortalLookDto } from '../api/operations';
import { useLanguage } from '../texts/language';
import { LANGUAGES } from '../texts/languages';

/** Dresses the page in the colours of whoever shows the portal, and speaks their language unless the address says another. */
export function useLook({ accent, background, language }: PortalLookDto): void {
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const { speak } = useLanguage();
  useEffect(() => {
    if (background !== undefined) setColorScheme(isLightColor(background) ? 'light' : 'dark');
    const wanted = LANGUAGES.find((one) => one === language?.slice(0, 2).toLowerCase());
    if (wanted !== undefined && !new URLSearchParams(location.search).has('lang')) speak(wanted);
    // Once for each look.
  }, [background, language]);
  useEffect(() => {
    const { style } = document.documentElement;
    const set = Object.entries(variablesOf({ accent, background }));
    for (const [name, value] of set) style.setProperty(name, value);
    return () => {
      for (const [name] of set) style.removeProperty(name);
    };
  }, [accent, background]);
}

function variablesOf({
  accent,
  background,
}: Pick<PortalLookDto, 'accent' | 'background'>): Record<string, string> {
  return {
    ...(background === undefined ? {} : { '--mantine-color-body': background }),
    ...(accent === undefined
      ? {}
      : {
          '--mantine-primary-color-filled': accent,
          '--mantine-primary-color-filled-hover': accent,
          '--mantine-primary-color-contrast': isLightColor(accent) ? '#000' : '#fff',
          '--mantine-color-blue-filled': accent,
          '--mantine-color-blue-filled-hover': accent,
        }),
  };
}
