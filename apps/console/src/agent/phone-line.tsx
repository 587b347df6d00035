import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import type { PhoneCall } from '../web-phone/phone-state';
import { ElapsedText } from './elapsed-text';
import type { PhoneOrder } from './phone-order';
import { phoneTexts } from './phone-texts';
import { Ringing } from './ringing';

const KEYS = [...'123456789*0#'];

interface PhoneLineProps {
  call: PhoneCall;
  order: (order: PhoneOrder) => void;
}

/** One call of the phone, and what can be done with it. */
export function PhoneLine({ call, order }: PhoneLineProps): ReactNode {
  const texts = useOwnTexts(phoneTexts);
  const { id, state, number, name, isHeld, isHeldByThem, since } = call;
  const who = name ?? number;
  const word = isHeld
    ? texts.held
    : texts.states[state === 'ringing' || state === 'calling' ? state : 'answered'];
  return (
    <Stack component="li" gap={6} className="phone-line">
      <Text size="sm" fw={600} className={state === 'answered' ? 'tone-talking' : 'tone-ringing'}>
        {word} · <bdi>{who === '' ? texts.withheld : who}</bdi>{' '}
        <ElapsedText since={new Date(since).toISOString()} />
      </Text>
      {isHeldByThem && <Text size="xs">{texts.heldByThem}</Text>}
      {state === 'ringing' ? (
        <Ringing id={id} order={order} />
      ) : (
        <>
          <Group gap={6}>
            {state === 'answered' && <Toggles call={call} order={order} />}
            <Button
              size="compact-sm"
              color="red"
              onClick={() => {
                order({ what: 'hangUp', id });
              }}
            >
              {texts.hangUp}
            </Button>
          </Group>
          {state === 'answered' && <Further id={id} order={order} />}
        </>
      )}
    </Stack>
  );
}

function Toggles({ call: { id, isMuted, isHeld }, order }: PhoneLineProps): ReactNode {
  const texts = useOwnTexts(phoneTexts);
  return (
    <>
      <Button
        size="compact-sm"
        variant={isMuted ? 'filled' : 'default'}
        onClick={() => {
          order({ what: isMuted ? 'unmute' : 'mute', id });
        }}
      >
        {isMuted ? texts.unmute : texts.mute}
      </Button>
      <Button
        size="compact-sm"
        variant={isHeld ? 'filled' : 'default'}
        onClick={() => {
          order({ what: isHeld ? 'unhold' : 'hold', id });
        }}
      >
        {isHeld ? texts.unhold : texts.hold}
      </Button>
    </>
  );
}

function Further({ id, order }: { id: string; order: (order: PhoneOrder) => void }): ReactNode {
  const texts = useOwnTexts(phoneTexts);
  const [number, setNumber] = useState('');
  return (
    <>
      <details>
        <summary>{texts.keypad}</summary>
        <div className="phone-keys" dir="ltr">
          {KEYS.map((tones) => (
            <Button
              key={tones}
              size="compact-md"
              variant="default"
              aria-label={texts.key(tones)}
              onClick={() => {
                order({ what: 'dtmf', id, tones });
              }}
            >
              {tones}
            </Button>
          ))}
        </div>
      </details>
      <details>
        <summary>{texts.transfer}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (number.trim() !== '') order({ what: 'transfer', id, number: number.trim() });
          }}
        >
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              className="grow"
              size="xs"
              label={texts.transferTo}
              type="tel"
              dir="ltr"
              value={number}
              onChange={({ currentTarget }) => {
                setNumber(currentTarget.value);
              }}
            />
            <Button size="xs" type="submit">
              {texts.transfer}
            </Button>
          </Group>
        </form>
      </details>
    </>
  );
}
