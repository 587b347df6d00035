import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import type { PhoneCall } from '../web-phone/phone-state';
import { MicrophoneNotice } from './microphone-notice';
import { PhoneDevices } from './phone-devices';
import { PhoneLine } from './phone-line';
import { phoneTexts } from './phone-texts';
import type { AgentPhone } from './use-web-phone';

/** The phone in the page: whether it is ready, its calls, and with what one speaks and hears. */
export function WebPhonePanel({ phone }: { phone: AgentPhone }): ReactNode {
  const texts = useOwnTexts(phoneTexts);
  const { calls, isSoundBlocked } = phone.phone;
  return (
    <Stack gap="xs" component="section" aria-label={texts.inPage}>
      <Standing phone={phone} />
      {phone.isHere && <MicrophoneNotice />}
      {phone.isHere && isSoundBlocked && calls.length > 0 && (
        <Text size="sm" className="tone-waiting" role="status">
          {texts.soundBlocked}
        </Text>
      )}
      {calls.length > 0 && (
        <ul className="agent-rows">
          {calls.map((call) => (
            <PhoneLine key={call.callId} call={call} order={phone.order} />
          ))}
        </ul>
      )}
      {phone.lost !== null && <Lost call={phone.lost} />}
      <PhoneDevices
        use={(devices) => {
          phone.order({ what: 'devices', ...devices });
        }}
      />
    </Stack>
  );
}

function Standing({ phone: { phone, isHere, takeHere } }: { phone: AgentPhone }): ReactNode {
  const texts = useOwnTexts(phoneTexts);
  const { standing, code, calls } = phone;
  const isReady = standing === 'registered';
  return (
    <Group gap="xs">
      <Text size="sm" role="status" className={isReady ? 'tone-good' : 'tone-waiting'}>
        {isReady ? '●' : '○'} {texts.standings[standing]}
        {standing === 'refused' && code !== null && (
          <>
            {' '}
            <bdi>{texts.code(code)}</bdi>
          </>
        )}
      </Text>
      {!isHere && (
        <>
          <Text size="xs" c="dimmed">
            {texts.elsewhere}
          </Text>
          {calls.length === 0 && (
            <Button size="compact-xs" variant="default" onClick={takeHere}>
              {texts.useHere}
            </Button>
          )}
        </>
      )}
    </Group>
  );
}

function Lost({ call: { state, number, why } }: { call: PhoneCall }): ReactNode {
  const texts = useOwnTexts(phoneTexts);
  const who = isolated(number);
  return (
    <Text size="sm" role="status">
      {state === 'rejected' ? texts.rejected(who) : texts.lost(who)}
      {why !== null && `: ${texts.faults[why]}`}
    </Text>
  );
}
