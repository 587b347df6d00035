import { useLocalStorage } from '@mantine/hooks';
import { useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { GO_WITHIN_MS, keyActOf, takesLetters } from './keys';
import { PLACES } from './navigation';

const Palette = lazy(async () => ({ default: (await import('./palette')).Palette }));
const KeyHelp = lazy(async () => ({ default: (await import('./key-help')).KeyHelp }));

interface KeyBoardProps {
  tenant: string;
  /** Counts up when the search is wanted by the mouse. */
  wanted: number;
}

/** Listens to keys wherever one is, and shows the palette or the help. */
export function KeyBoard({ tenant, wanted }: KeyBoardProps): ReactNode {
  const router = useRouter();
  const [shown, show] = useState<'search' | 'help' | null>(null);
  const [letters, setLetters] = useLocalStorage({ key: 'switchhook.letters', defaultValue: true });
  const goingUntil = useRef(0);
  useEffect(() => {
    if (wanted > 0) show('search');
  }, [wanted]);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const isGoing = event.timeStamp < goingUntil.current;
      const isTyping = takesLetters(document.activeElement);
      const act = keyActOf(event, { isGoing, letters: letters && !isTyping });
      goingUntil.current = act?.act === 'wait' ? event.timeStamp + GO_WITHIN_MS : 0;
      if (act === null || act.act === 'wait') return;
      if (act.act === 'go') {
        const place = PLACES.flat().find(({ key }) => key === act.key);
        if (place === undefined) return;
        void router.navigate({ to: place.to, params: { tenant } });
      } else show(act.act);
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => {
      document.removeEventListener('keydown', press);
    };
  }, [letters, router, tenant]);
  const leave = (): void => {
    show(null);
  };
  return (
    <Suspense>
      {shown === 'search' && <Palette tenant={tenant} leave={leave} />}
      {shown === 'help' && <KeyHelp letters={letters} setLetters={setLetters} leave={leave} />}
    </Suspense>
  );
}
