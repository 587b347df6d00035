import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

interface CallRecordingProps {
  callId: string;
  /** Its place in the call's `recordings`. */
  index: number;
  tenant: string;
}

/** Plays a recording through our own link, which expires: one is asked for when the page is opened. */
export function CallRecording({ callId, index, tenant }: CallRecordingProps): ReactNode {
  const texts = useOwnTexts(own);
  const [isBroken, setBroken] = useState(false);
  const link = useQuery({
    queryKey: ['recording', tenant, callId, index],
    queryFn: () => ask('recordingLinks.give', { path: { id: callId, index }, body: {}, tenant }),
    staleTime: Infinity,
    retry: false,
  });
  if (link.error !== null) return <ProblemNotice error={link.error} retry={link.refetch} />;
  if (link.data === undefined) return null;
  const path = new URL(link.data.url).pathname;
  return (
    <Group gap="sm" wrap="wrap">
      <audio
        controls
        preload="none"
        src={path}
        aria-label={texts.recording(index + 1)}
        style={{ maxInlineSize: '100%' }}
        onError={() => {
          setBroken(true);
        }}
      />
      <Anchor href={path} download size="sm">
        {texts.download}
      </Anchor>
      {isBroken && (
        <Text size="sm" className="tone-bad" role="status">
          {texts.recordingGone}
        </Text>
      )}
    </Group>
  );
}
