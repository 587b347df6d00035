import './palette.css';
import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { useOwnTexts, useTexts } from '../texts/language';
import { addressOfFound } from './address-of-found';
import { PLACES } from './navigation';
import { own } from './palette-texts';
import { useRole } from './use-role';

const SHORTEST = 2;
const TYPED_FOR_MS = 200;

interface PaletteProps {
  tenant: string;
  leave: () => void;
}

/** Goes anywhere: to a screen, to what one may do, and to whatever is pasted. */
export function Palette({ tenant, leave }: PaletteProps): ReactNode {
  const texts = useOwnTexts(own);
  const router = useRouter();
  const list = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const { places, found, isSearching } = useChoices(tenant, query.trim());
  const all = [...found, ...places];
  const chosen = Math.min(at, all.length - 1);
  const goTo = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    leave();
    router.history.push(choice.to);
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((chosen + step + all.length) % Math.max(all.length, 1));
    else if (event.key === 'Enter') goTo(all[chosen]);
    else return;
    event.preventDefault();
  };
  const groups = [
    { label: texts.found, choices: found, first: 0 },
    { label: texts.go, choices: places, first: found.length },
  ];
  return (
    <Modal opened onClose={leave} withCloseButton={false} size="lg" padding={0} aria-label={texts.label}>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={all.length > 0 ? `${list}-${String(chosen)}` : undefined}
        aria-label={texts.placeholder}
        placeholder={texts.placeholder}
        dir="auto"
        data-autofocus
        value={query}
        onChange={({ currentTarget: { value } }) => {
          setQuery(value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div role="listbox" id={list} aria-label={texts.label} className="palette-list">
        {groups
          .filter(({ choices }) => choices.length > 0)
          .map(({ label, choices, first }) => (
            <div role="group" key={label} aria-label={label}>
              <div className="palette-label" aria-hidden>
                {label}
              </div>
              {choices.map((choice, index) => (
                <div
                  role="option"
                  key={choice.key}
                  id={`${list}-${String(first + index)}`}
                  aria-selected={first + index === chosen}
                  className="palette-row"
                  onClick={() => {
                    goTo(choice);
                  }}
                >
                  <bdi>{choice.label}</bdi>
                  <bdi className="tone-quiet">{choice.detail}</bdi>
                </div>
              ))}
            </div>
          ))}
      </div>
      <div role="status" className="palette-label">
        {all.length > 0 ? null : isSearching ? texts.searching : texts.nothing}
      </div>
    </Modal>
  );
}

interface Choice {
  key: string;
  label: string;
  detail: string;
  to: string;
}

function useChoices(
  tenant: string,
  query: string,
): { places: Choice[]; found: Choice[]; isSearching: boolean } {
  const texts = useOwnTexts(own);
  const shared = useTexts();
  const role = useRole(tenant);
  const [q] = useDebouncedValue(query, TYPED_FOR_MS);
  const search = useQuery({
    queryKey: ['search', tenant, q],
    queryFn: ({ signal }) => ask('search.find', { query: { q }, tenant, signal }),
    enabled: q.length >= SHORTEST,
  });
  const at = `/t/${encodeURIComponent(tenant)}`;
  const places = [
    ...PLACES.flat()
      .filter(({ roles }) => roles.some((one) => one === role))
      .map(({ to, label, key }) => ({
        label: shared.places[label],
        detail: `g ${key}`,
        to: to.replace('/t/$tenant', at),
      })),
    { label: texts.newEndpoint, detail: texts.actions, to: `${at}/endpoints/new` },
    { label: texts.newConnection, detail: texts.actions, to: `${at}/connections/new` },
    { label: texts.importContacts, detail: texts.actions, to: `${at}/contacts/import` },
  ]
    .filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()))
    .map((place) => ({ ...place, key: place.to }));
  const found = (query.length < SHORTEST ? [] : (search.data?.data ?? [])).flatMap((one) => {
    const to = addressOfFound(one, tenant);
    const detail = [texts.kinds[one.type], one.detail].filter((word) => word !== null).join(' · ');
    return to === null ? [] : [{ key: `${one.type} ${one.id}`, label: one.title, detail, to }];
  });
  return { places, found, isSearching: search.isFetching || q !== query };
}
