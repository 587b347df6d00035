import { Group, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ActionButton } from '../page/action-button';
import { useConnectionTexts } from './connection-texts';
import { connectionsKey, useHealth } from './use-connection';

interface ReplayAllProps {
  tenant: string;
  id: string;
  state: 'unparsed' | 'set_aside';
  from: string | undefined;
  to: string | undefined;
}

/** Works once more on all that nobody could read, or work on. One request takes a bounded number: it asks on until there is none. */
export function ReplayAll({ tenant, id, state, from, to }: ReplayAllProps): ReactNode {
  const { receipts } = useConnectionTexts();
  const { data: health } = useHealth(tenant, id);
  const [done, setDone] = useState<number>();
  const count = (state === 'unparsed' ? health?.unparsed.total : health?.setAside) ?? 0;
  const isPart = from !== undefined || to !== undefined;
  const replay = async (): Promise<void> => {
    let replayed = 0;
    let more: boolean;
    do {
      const answer = await ask('connectionReceipts.replay', {
        path: { id },
        body: { state, from, to },
        tenant,
      });
      replayed += answer.replayed;
      more = answer.more && answer.replayed > 0;
    } while (more);
    setDone(replayed);
  };
  return (
    <Group gap="sm">
      {count > 0 && (
        <ActionButton
          label={isPart ? receipts.replayShown : receipts.replayAll(count)}
          confirm={isPart ? receipts.replayShownAsk(count) : receipts.replayAllAsk(count)}
          act={replay}
          stale={[connectionsKey(tenant), ['calls', tenant]]}
        />
      )}
      {done !== undefined && (
        <Text size="sm" role="status">
          {receipts.replayedAll(done)}
        </Text>
      )}
    </Group>
  );
}
