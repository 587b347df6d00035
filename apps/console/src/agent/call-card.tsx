import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { TimeText } from '../list/time-text';
import { Facts } from '../page/facts';
import { useOwnTexts } from '../texts/language';
import { isOver, type Card } from './cards';
import { ElapsedText } from './elapsed-text';
import { LastCalls } from './last-calls';
import { NoteForm } from './note-form';
import { isPage } from './is-page';
import { phoneCallOf } from './phone-call-of';
import { Ringing } from './ringing';
import { TelLink } from './tel-link';
import { own } from './texts';
import type { Screen } from './use-cards';
import type { Self } from './use-self';
import type { AgentPhone } from './use-web-phone';
import { whoText } from './who-text';
import { Whose } from './whose';

const TONES: Readonly<Record<Card['state'], string>> = {
  ringing: 'tone-ringing',
  answered: 'tone-talking',
  elsewhere: 'tone-quiet',
  ended: 'tone-quiet',
};

interface CallCardProps {
  card: Card;
  self: Self;
  screen: Pick<Screen, 'choose' | 'putAway' | 'noted'>;
  /** The phone in the page, where there is one. */
  phone: AgentPhone | null;
}

/** One call: who it is, what was before, and what is to be noted. */
export function CallCard({ card, self, screen, phone }: CallCardProps): ReactNode {
  const texts = useOwnTexts(own);
  const { state, call } = card;
  const hasNote = card.wasAnswered || card.state === 'ended';
  const putAway = (): void => {
    screen.putAway(call);
  };
  return (
    <Paper
      component="article"
      withBorder
      p="sm"
      className={`call-card is-${state}`}
      aria-label={whoText(card)}
    >
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div className="call-who">
            <Text size="sm" fw={600} className={TONES[state]}>
              {texts.directions[card.direction]} · {texts.states[state]}{' '}
              {!isOver(card) && <ElapsedText since={card.since} />}
            </Text>
            <Title order={3} size="h4">
              <Who card={card} />
            </Title>
          </div>
          <Button size="xs" variant="default" onClick={putAway}>
            {texts.putAway}
          </Button>
        </Group>
        {phone !== null && <OnPhone card={card} phone={phone} />}
        <Line card={card} />
        {state !== 'elsewhere' && (
          <>
            <Whose card={card} tenant={self.tenant} choose={screen.choose} />
            <LastCalls card={card} tenant={self.tenant} />
            {hasNote && (
              <NoteForm
                call={call}
                tenant={self.tenant}
                whenKept={() => {
                  screen.noted();
                  if (isOver(card)) putAway();
                }}
                label={isOver(card) ? texts.keepAndPutAway : texts.keepNote}
              />
            )}
          </>
        )}
      </Stack>
    </Paper>
  );
}

/** Its call rings at the phone in the page: there it is taken. */
function OnPhone({ card, phone }: { card: Card; phone: AgentPhone }): ReactNode {
  const call = phoneCallOf(card, phone.phone.calls);
  return call?.state === 'ringing' ? <Ringing id={call.id} order={phone.order} /> : null;
}

/** A name, or else the number itself to be called. */
function Who({ card }: { card: Card }): ReactNode {
  const texts = useOwnTexts(own);
  if (card.number === '') return texts.withheld;
  return hasName(card) ? <bdi>{whoText(card)}</bdi> : <TelLink number={whoText(card)} />;
}

function hasName(card: Card): boolean {
  return whoText(card) !== (card.e164 ?? card.number);
}

function Line({ card }: { card: Card }): ReactNode {
  const texts = useOwnTexts(own);
  const { number, e164, did, queue, extension, contacts, total, newContactUrl, since } = card;
  const contact = card.chosen === undefined && total === 1 ? contacts[0] : card.chosen;
  const page = contact?.url ?? (contact == null ? newContactUrl : null);
  return (
    <>
      <Group gap="xs">
        {hasName(card) && <TelLink number={e164 ?? number} />}
        {contact?.company != null && <bdi>{contact.company}</bdi>}
        {page !== null && isPage(page) && (
          <Anchor href={page} target="_blank" rel="noreferrer">
            {contact == null ? texts.newContact : texts.openInCrm}
          </Anchor>
        )}
        {total === 0 && (
          <Text size="sm" c="dimmed">
            {texts.nobodyKnown}
          </Text>
        )}
      </Group>
      <Text size="sm" c="dimmed" component="div">
        <Group gap="xs">
          <TimeText at={since} />
          {queue !== null && (
            <span>
              {texts.queue}: <bdi>{queue.name ?? queue.id}</bdi>
            </span>
          )}
          {did !== null && (
            <span>
              {texts.line}: <bdi className="number">{did}</bdi>
            </span>
          )}
          {extension !== null && (
            <span>
              {texts.extension}: <bdi className="number">{extension}</bdi>
            </span>
          )}
        </Group>
      </Text>
      <Brought data={card.customData} />
    </>
  );
}

function Brought({ data }: { data: Card['customData'] }): ReactNode {
  const texts = useOwnTexts(own);
  const shown = Object.entries(data).filter(([, value]) => ['string', 'number'].includes(typeof value));
  if (shown.length === 0) return null;
  return (
    <details>
      <summary>{texts.data}</summary>
      <Facts
        of={Object.fromEntries(shown.map(([name, value]) => [name, <bdi key={name}>{String(value)}</bdi>]))}
      />
    </details>
  );
}
