import { useLocalStorage } from '@mantine/hooks';

/** Whether it is to be quiet, in all tabs of this browser. */
export function useQuiet(): [quiet: boolean, setQuiet: (quiet: boolean) => void] {
  const [quiet, setQuiet] = useLocalStorage({
    key: 'switchhook.quiet',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  return [quiet, setQuiet];
}
