import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { own } from './account-texts';
import { browserName } from './browser-name';

const KEY = ['own-sessions'];

/** Where somebody is signed in, to be ended one by one or all but this one. */
export function OwnSessions(): ReactNode {
  const texts = useOwnTexts(own);
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ask('sessions.list', { signal }),
  });
  return (
    <Loaded query={query}>
      {({ data }) => (
        <Stack gap="xs">
          <ul className="settings-rows">
            {data.map(({ id, current, userAgent, address, lastSeenAt, createdAt, method }) => (
              <li key={id}>
                <div className="settings-what">
                  <bdi title={userAgent ?? undefined}>{browserName(userAgent) ?? texts.unknownBrowser}</bdi>
                  {current && <b> ({texts.thisOne})</b>}
                  {address !== null && (
                    <>
                      {' '}
                      · <bdi dir="ltr">{address}</bdi>
                    </>
                  )}
                  <Text size="sm" c="dimmed" component="div">
                    {texts.since} <TimeText at={createdAt} />, {texts.methods[method]} · {texts.lastSeen}{' '}
                    <TimeText at={lastSeenAt} />
                  </Text>
                </div>
                {!current && (
                  <ActionButton
                    label={texts.end}
                    variant="default"
                    act={() => ask('sessions.end', { path: { id } })}
                    stale={[KEY]}
                  />
                )}
              </li>
            ))}
          </ul>
          {data.length > 1 && (
            <div>
              <ActionButton
                label={texts.endOthers}
                color="red"
                variant="outline"
                confirm={texts.endOthersConfirm}
                act={() => ask('sessions.endOthers')}
                stale={[KEY]}
              />
            </div>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
