import { Group, NumberInput, Switch, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ContactSourceDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { SourceTest } from './source-test';
import { own } from './texts';
import { sourcesKey } from './use-sources';

const TONES: Readonly<Record<ContactSourceDto['health']['state'], string>> = {
  unasked: 'tone-quiet',
  ok: 'tone-good',
  failing: 'tone-bad',
  resting: 'tone-bad',
};

interface SourceCardProps {
  tenant: string;
  source: ContactSourceDto;
  isAdmin: boolean;
}

/** A source: whether it answers, how long it may take, and asking it now. */
export function SourceCard({ tenant, source, isAdmin }: SourceCardProps): ReactNode {
  const { sources } = useOwnTexts(own);
  const { id, name, kind, url, health, advice } = source;
  return (
    <article className="con-card">
      <h3>
        <bdi>{name}</bdi>
      </h3>
      <p>
        {sources.kinds[kind]}
        {url !== null && (
          <>
            {' · '}
            <bdi dir="ltr">{url}</bdi>
          </>
        )}
        {' · '}
        <span className={TONES[health.state]}>{sources.states[health.state]}</span>
        {health.answeredAt !== null && (
          <>
            {' · '}
            <TimeText at={health.answeredAt} exact />
          </>
        )}
      </p>
      {health.failure !== null && health.state !== 'ok' && (
        <p className="tone-bad">
          <bdi lang="en">{health.failure}</bdi>
        </p>
      )}
      {advice.map((one) => (
        <p key={one} className="tone-quiet">
          <bdi lang="en">{one}</bdi>
        </p>
      ))}
      {isAdmin && (
        <>
          <Limits tenant={tenant} source={source} />
          <SourceTest tenant={tenant} id={id} />
          <div>
            <ActionButton
              label={sources.remove}
              variant="default"
              color="red"
              confirm={<Text size="sm">{sources.removeSure(isolated(name))}</Text>}
              stale={[sourcesKey(tenant)]}
              act={() => ask('contactSources.remove', { path: { id }, tenant })}
            />
          </div>
        </>
      )}
    </article>
  );
}

function Limits({ tenant, source }: Omit<SourceCardProps, 'isAdmin'>): ReactNode {
  const { sources } = useOwnTexts(own);
  const [timeoutMs, setTimeoutMs] = useState(source.timeoutMs);
  const [enabled, enable] = useState(source.enabled);
  return (
    <Group gap="sm" align="end">
      <NumberInput
        size="xs"
        maw={320}
        label={sources.timeout}
        description={sources.timeoutHint}
        value={timeoutMs}
        min={100}
        max={10_000}
        step={100}
        allowDecimal={false}
        onChange={(value) => {
          setTimeoutMs(Number(value));
        }}
      />
      <Switch
        label={sources.on}
        checked={enabled}
        mb={6}
        onChange={({ currentTarget: { checked } }) => {
          enable(checked);
        }}
      />
      <ActionButton
        label={sources.save}
        variant="default"
        disabled={timeoutMs === source.timeoutMs && enabled === source.enabled}
        stale={[sourcesKey(tenant)]}
        act={() =>
          ask('contactSources.patch', { path: { id: source.id }, body: { timeoutMs, enabled }, tenant })
        }
      />
    </Group>
  );
}
