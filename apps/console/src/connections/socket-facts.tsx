import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ConnectionHealthDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { Facts } from '../page/facts';
import { useOwnTexts } from '../texts/language';
import { ownSocket } from './socket-texts';

const TONES = { up: 'tone-good', down: 'tone-bad', never: 'tone-quiet' } as const;

/** The WebSocket that the PBX keeps open to us; nothing for PBXs that send requests. */
export function SocketFacts({ socket }: Pick<ConnectionHealthDto, 'socket'>): ReactNode {
  const texts = useOwnTexts(ownSocket);
  if (socket === null) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.socket}
      </Title>
      <Facts
        of={{
          [texts.state]: <span className={TONES[socket.state]}>{texts.states[socket.state]}</span>,
          [texts.since]: socket.since === null ? undefined : <TimeText at={socket.since} exact />,
          [texts.from]: socket.sourceIp === null ? undefined : <bdi>{socket.sourceIp}</bdi>,
          [texts.calls]: socket.remoteVersion === null ? undefined : <bdi>{socket.remoteVersion}</bdi>,
        }}
      />
      {socket.lines.length > 1 && (
        <Facts
          of={Object.fromEntries(
            socket.lines.map(({ line, state }) => [
              `${texts.line} ${String(line)}`,
              <span key={line} className={TONES[state]}>
                {texts.states[state]}
              </span>,
            ]),
          )}
        />
      )}
      {socket.state !== 'up' && socket.reason !== null && (
        <Text size="sm" mt="xs">
          <bdi>{socket.reason}</bdi>
        </Text>
      )}
      {socket.state !== 'up' && (
        <Text size="sm" mt="xs">
          {texts.hints[socket.state]}
        </Text>
      )}
    </section>
  );
}
