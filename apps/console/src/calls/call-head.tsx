import { Anchor, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CallDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { clockText } from '../texts/durations';
import { isolated } from '../texts/isolated';
import { CopyLink } from '../list/copy-link';
import { PageHead } from '../page/page-head';
import { useOwnTexts, useTexts } from '../texts/language';
import { numberOf, toneOf, whoOf } from './party-text';
import { CallRecording } from './call-recording';
import { own } from './texts';

/** Who, when, what came of it, and the recording. */
export function CallHead({ call, tenant }: { call: CallDto; tenant: string }): ReactNode {
  const texts = useTexts();
  const calls = useOwnTexts(own);
  return (
    <Stack gap="sm">
      <PageHead title={calls.head(isolated(whoOf(call, calls.withheld)))}>
        <Text fw={600} className={toneOf(call.result)}>
          {texts.results[call.result]}
        </Text>
        <CopyLink />
      </PageHead>
      <dl className="facts">
        <Fact name={calls.when}>
          <TimeText at={call.startedAt} exact />
        </Fact>
        <Fact name={calls.direction}>{texts.directions[call.direction]}</Fact>
        <Fact name={calls.number}>{numberOf(call) ?? calls.withheld}</Fact>
        <Fact name={calls.contact}>
          {call.contact === null ? calls.nobodyKnown : <Contact contact={call.contact} />}
        </Fact>
        <Fact name={calls.line}>{call.did?.label ?? call.did?.e164 ?? call.did?.original ?? '–'}</Fact>
        <Fact name={calls.agent}>{call.agent?.name ?? call.extensionLabel ?? call.extension ?? '–'}</Fact>
        {call.queue !== null && (
          <Fact name={calls.queue}>{call.queue.label ?? call.queue.name ?? call.queue.id}</Fact>
        )}
        <Seconds name={calls.rang} of={call.ringSeconds} />
        <Seconds name={calls.waited} of={call.queueSeconds} />
        <Seconds name={calls.talk} of={call.talkSeconds} />
        {call.ivrPath.length > 0 && (
          <Fact name={calls.ivrPath}>
            {call.ivrPath.map(({ layerName, layerId, digits }) => layerName ?? digits ?? layerId).join(' › ')}
          </Fact>
        )}
        <Fact name={calls.vendorId}>
          <span dir="ltr">{call.vendorCallId}</span>
        </Fact>
      </dl>
      {call.recordings.length > 0 && (
        <Group gap="md" role="group" aria-label={calls.recordings}>
          {call.recordings.map((_, index) => (
            <CallRecording key={index} callId={call.id} index={index} tenant={tenant} />
          ))}
        </Group>
      )}
    </Stack>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

function Seconds({ name, of }: { name: string; of: number | null }): ReactNode {
  return of === null ? null : (
    <Fact name={name}>
      <span className="number">{clockText(of)}</span>
    </Fact>
  );
}

function Contact({
  contact: { name, company, url },
}: {
  contact: NonNullable<CallDto['contact']>;
}): ReactNode {
  const text = company === null ? name : `${name} (${company})`;
  // Whatever a CRM has sent: a link that runs a script is none.
  const isPage = url !== null && /^https?:\/\//i.test(url);
  return isPage ? (
    <Anchor href={url} target="_blank" rel="noreferrer">
      {text}
    </Anchor>
  ) : (
    text
  );
}
