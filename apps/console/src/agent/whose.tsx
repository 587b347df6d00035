import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts } from '../texts/language';
import type { Card } from './cards';
import type { PopupContact } from './popup';
import { browserShelf, remember, rememberedFor } from './remembered';
import { own } from './texts';
import type { Screen } from './use-cards';

interface WhoseProps {
  card: Card;
  tenant: string;
  choose: Screen['choose'];
}

/** Of several people with the number: who it is. What was chosen for the number before is chosen again, where that was to be remembered. */
export function Whose({ card, tenant, choose }: WhoseProps): ReactNode {
  const texts = useOwnTexts(own);
  const [remembers, setRemembers] = useState(false);
  const { call, contacts, total, chosen } = card;
  const number = card.e164 ?? card.number;
  const choosing = useMutation({
    mutationFn: (contact: PopupContact | null) =>
      ask('ownCalls.choose', {
        path: { id: call },
        body: contact === null ? { contactId: null } : { contactId: contact.id, source: contact.source },
        tenant,
      }),
    onSuccess: (_, contact) => {
      if (remembers) remember(browserShelf, number, contact);
      choose({ kind: 'choose', call, contact });
    },
  });
  const isOpen = total > 1 && chosen === undefined;
  useEffect(() => {
    if (!isOpen) return;
    const known = rememberedFor(browserShelf, number, contacts);
    if (known !== undefined) choosing.mutate(known);
    // Once for each call that is nobody's yet.
  }, [isOpen, call]);
  if (total < 2) return null;
  return (
    <Stack component="fieldset" gap={4} className="agent-whose">
      <Text component="legend" size="sm" fw={600}>
        {texts.several(total)}
      </Text>
      {contacts.map((contact) => (
        <Button
          key={`${contact.source}/${contact.id}`}
          size="xs"
          justify="flex-start"
          variant={chosen?.id === contact.id && chosen.source === contact.source ? 'filled' : 'default'}
          aria-pressed={chosen?.id === contact.id && chosen.source === contact.source}
          disabled={choosing.isPending}
          onClick={() => {
            choosing.mutate(contact);
          }}
        >
          <bdi>{contact.company === null ? contact.name : `${contact.name} · ${contact.company}`}</bdi>
        </Button>
      ))}
      <Button
        size="xs"
        justify="flex-start"
        variant={chosen === null ? 'filled' : 'default'}
        aria-pressed={chosen === null}
        disabled={choosing.isPending}
        onClick={() => {
          choosing.mutate(null);
        }}
      >
        {texts.noneOfThem}
      </Button>
      <Checkbox
        size="xs"
        label={texts.remember}
        checked={remembers}
        onChange={({ currentTarget }) => {
          setRemembers(currentTarget.checked);
        }}
      />
      {choosing.error !== null && <ProblemNotice error={choosing.error} />}
    </Stack>
  );
}
