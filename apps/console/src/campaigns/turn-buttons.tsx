import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CampaignDto } from '../api/operations';
import { useRole } from '../app/use-role';
import { ActionButton } from '../page/action-button';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';
import type { CampaignNow } from './use-campaigns-now';
import { useWaitingLeads } from './use-waiting-leads';
import { useWritten } from './use-written';

interface TurnButtonsProps {
  campaign: CampaignDto;
  tenant: string;
  now: CampaignNow | undefined;
}

const TURNS = {
  stopped: ['start'],
  paused: ['start', 'stop'],
  running: ['pause', 'stop'],
  deleted: [],
} as const satisfies Readonly<Record<CampaignDto['state'], readonly ('start' | 'pause' | 'stop')[]>>;

/** Start, pause and stop. What still goes on is said: none of them ends a call. */
export function TurnButtons({ campaign, tenant, now }: TurnButtonsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { count } = useWritten();
  const [onTheLine, setOnTheLine] = useState<number>();
  const role = useRole(tenant);
  const waiting = useWaitingLeads(tenant, campaign.id);
  const navigate = useNavigate();
  const path = { id: campaign.id };
  const stale = [['campaigns', tenant]];
  const state = now?.state ?? campaign.state;
  const asks = {
    start: texts.startAsks(waiting === undefined ? '–' : count(waiting)),
    pause: texts.pauseAsks,
    stop: texts.stopAsks,
  };
  const act = {
    start: () => ask('campaigns.start', { path, tenant }),
    pause: () => ask('campaigns.pause', { path, tenant }),
    stop: () => ask('campaigns.stop', { path, tenant }),
  };
  const goesOn = stillOn(now) ?? onTheLine;
  return (
    <>
      {state !== 'running' && onTheLine !== undefined && goesOn !== undefined && (
        <Text size="sm" role="status">
          {goesOn === 0 ? texts.nothingGoesOn : texts.goesOn(goesOn)}
        </Text>
      )}
      {TURNS[state].map((turn) => (
        <ActionButton
          key={turn}
          label={texts[turn]}
          variant={turn === 'start' ? 'filled' : 'default'}
          confirm={asks[turn]}
          act={async () => {
            const turned = await act[turn]();
            setOnTheLine(turned.onTheLine);
          }}
          stale={stale}
        />
      ))}
      {role !== 'supervisor' && state === 'stopped' && (
        <ActionButton
          label={texts.delete}
          color="red"
          variant="outline"
          confirm={texts.deleteAsks}
          act={() => ask('campaigns.remove', { path, tenant })}
          stale={stale}
          whenDone={() => navigate({ to: '/t/$tenant/campaigns', params: { tenant }, search: {} })}
        />
      )}
    </>
  );
}

/** Undefined where the dialer has not looked since. */
function stillOn(now: CampaignNow | undefined): number | undefined {
  if (now === undefined || now.state === 'running') return undefined;
  if (now.drained) return 0;
  const { calls } = now;
  return calls === null ? undefined : calls.dialling + calls.talking + calls.waiting;
}
