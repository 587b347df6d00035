import { Group, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { AttemptDto, DeliveryDetailDto } from '../api/operations';
import { JsonText, Redacted } from '../json/json-text';
import { TimeText } from '../list/time-text';
import { CopyButton } from '../page/copy-button';
import { ReasonText } from '../reasons/reason-text';
import { durationText } from '../texts/durations';
import { useLanguage, useOwnTexts } from '../texts/language';
import { stepsOf } from '../timeline/steps-of';
import { own as timelineTexts } from '../timeline/texts';
import { AttemptCompare } from './attempt-compare';
import { bodyOf } from './body-of';
import { curlOf } from './curl-of';
import { own } from './texts';
import { VerifySignature } from './verify-signature';
import '../timeline/timeline.css';

interface AttemptViewProps {
  attempt: AttemptDto;
  /** The try before it. */
  before: AttemptDto | undefined;
  delivery: DeliveryDetailDto;
  tenant: string;
}

/** One try: what was sent and what was answered, side by side. */
export function AttemptView({ attempt, before, delivery, tenant }: AttemptViewProps): ReactNode {
  const texts = useOwnTexts(own);
  const body = bodyOf(attempt, delivery);
  const curl = curlOf(attempt, body);
  return (
    <Stack gap="sm" w="100%">
      <Text size="sm">
        <TimeText at={attempt.startedAt} exact />{' '}
        {attempt.error !== null ? (
          <bdi>{attempt.error}</bdi>
        ) : (
          <ReasonText words={attempt.decision} code={attempt.decisionCode} params={attempt.decisionParams} />
        )}
      </Text>
      <Timing attempt={attempt} />
      <div className="sides">
        <section>
          <Group gap="sm" mb="xs">
            <Title order={3} size="h5">
              {texts.request}
            </Title>
            {curl !== undefined && <CopyButton text={curl} label={texts.curl} />}
          </Group>
          <Text size="sm" dir="ltr" ta="start" mb="xs" className="address">
            {attempt.requestMethod} <Redacted text={attempt.requestUrl ?? ''} />
          </Text>
          <Headers of={attempt.requestHeaders} label={`${texts.request}: ${texts.headers}`} />
          {body === null ? (
            <Text size="sm" c="dimmed">
              {texts.noBody}
            </Text>
          ) : (
            <JsonText value={body} label={`${texts.request}: ${texts.body}`} />
          )}
        </section>
        <Answer attempt={attempt} />
      </div>
      <AttemptCompare key={attempt.id} {...{ attempt, before, delivery, tenant }} />
      <Verify attempt={attempt} body={body} />
    </Stack>
  );
}

function Answer({ attempt }: { attempt: AttemptDto }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <section>
      <Title order={3} size="h5" mb="xs">
        {texts.response}
      </Title>
      <Text size="sm" mb="xs">
        {attempt.status === null ? texts.noResponse : texts.http(attempt.status)}
        {attempt.resolvedIp !== null && (
          <>
            {' '}
            · {texts.address} <bdi>{attempt.resolvedIp}</bdi>
          </>
        )}
      </Text>
      <Headers of={attempt.responseHeaders} label={`${texts.response}: ${texts.headers}`} />
      {attempt.responseBody !== null && attempt.responseBody !== '' && (
        <JsonText value={attempt.responseBody} label={`${texts.response}: ${texts.body}`} />
      )}
    </section>
  );
}

function Verify({ attempt, body }: { attempt: AttemptDto; body: string | null }): ReactNode {
  const texts = useOwnTexts(own);
  const [isWanted, want] = useState(false);
  return (
    <details
      className="verify"
      onToggle={({ currentTarget }) => {
        want(currentTarget.open);
      }}
    >
      <summary>{texts.verify}</summary>
      {isWanted && <VerifySignature key={attempt.id} headers={attempt.requestHeaders} body={body ?? ''} />}
    </details>
  );
}

function Headers({ of, label }: { of: AttemptDto['requestHeaders']; label: string }): ReactNode {
  if (of === null) return null;
  const text = Object.entries(of)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  return (
    <pre className="code" tabIndex={0} role="region" aria-label={label}>
      <Redacted text={text} />
    </pre>
  );
}

function Timing({ attempt }: { attempt: AttemptDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { steps: names } = useOwnTexts(timelineTexts);
  const { language } = useLanguage();
  const steps = stepsOf(attempt.timings);
  return (
    <div>
      <Text size="sm">
        {texts.timing}: <bdi>{durationText(attempt.durationMs, language)}</bdi>
      </Text>
      <div className="steps" aria-hidden>
        {steps.map(({ name, ms }) => (
          <span key={name} className={`step-${name}`} style={{ flexGrow: ms }} title={names[name]} />
        ))}
      </div>
      <ul className="step-words">
        {steps.map(({ name, ms }) => (
          <li key={name}>
            <span className={`step-dot step-${name}`} aria-hidden /> {names[name]}{' '}
            <bdi>{durationText(ms, language)}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
