import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TriedLegDto, TriedMappingDto } from '../api/operations';
import { JsonText } from '../json/json-text';
import { useOwnTexts } from '../texts/language';
import { ownMapping } from './mapping-texts';
import { TriedCall } from './tried-call';

const TONES = {
  right: 'tone-good',
  wrong: 'tone-bad',
  not_judged: 'tone-quiet',
  none: 'tone-quiet',
} as const;

/** What a mapping makes of a sample: whose it is, the call, where each field was found, what stays over, and the answer. */
export function MappingOutcome({ tried }: { tried: TriedMappingDto }): ReactNode {
  const texts = useOwnTexts(ownMapping);
  return (
    <Stack gap="md">
      <div role="status">
        <Verdict tried={tried} />
        <Text size="sm">
          {texts.signature}:{' '}
          <span className={TONES[tried.signature.verdict]}>{texts.signatures[tried.signature.verdict]}</span>
        </Text>
        {(tried.signature.verdict === 'wrong' || tried.signature.verdict === 'not_judged') && (
          <Text size="xs" c="dimmed">
            <bdi>{tried.signature.reason}</bdi>
          </Text>
        )}
      </div>
      {tried.calls.map((call, index) => (
        <TriedCall key={index} call={call} title={texts.theCall} />
      ))}
      {tried.legs.map((leg, index) => (
        <Leg key={index} leg={leg} number={index + 1} isOnly={tried.legs.length === 1} />
      ))}
      <Reply reply={tried.reply} />
    </Stack>
  );
}

function Verdict({ tried }: { tried: TriedMappingDto }): ReactNode {
  const texts = useOwnTexts(ownMapping);
  if (tried.handshake) return <Text fw={600}>{texts.handshake}</Text>;
  if (tried.reason !== null)
    return (
      <Text className="tone-bad">
        {texts.unreadable} <bdi>{tried.reason}</bdi>
      </Text>
    );
  const shapes = [...new Set(tried.shapes.filter((shape) => shape !== null))];
  return (
    <>
      <Text fw={600}>{texts.reads(shapes.join(', '))}</Text>
      {tried.legs.length === 0 && <Text size="sm">{texts.quiet}</Text>}
    </>
  );
}

interface LegProps {
  leg: TriedLegDto;
  number: number;
  isOnly: boolean;
}

function Leg({ leg, number, isOnly }: LegProps): ReactNode {
  const texts = useOwnTexts(ownMapping);
  const over = Object.keys(leg.leftOver).length > 0;
  return (
    <section>
      <Title order={3} size="h5">
        {isOnly ? texts.fields : `${texts.fields}: ${texts.leg(String(number))}`}
      </Title>
      <Text size="sm" mb={4}>
        <bdi>{leg.words}</bdi>
      </Text>
      <div className="sideways" tabIndex={0} role="region" aria-label={texts.fields}>
        <table className="found">
          <thead>
            <tr>
              <th scope="col">{texts.field}</th>
              <th scope="col">{texts.where}</th>
              <th scope="col">{texts.value}</th>
            </tr>
          </thead>
          <tbody>
            {leg.found.map(({ field, path, value }, index) => (
              <tr key={`${field} ${path} ${String(index)}`}>
                <td>
                  <bdi>{field}</bdi>
                </td>
                <td>
                  <bdi>
                    <code>{path}</code>
                  </bdi>
                </td>
                <td>
                  <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details>
        <summary>{over ? texts.left : texts.nothingLeft}</summary>
        {over && (
          <>
            <Text size="xs" c="dimmed">
              {texts.leftAbout}
            </Text>
            <JsonText value={leg.leftOver} label={texts.left} />
          </>
        )}
      </details>
    </section>
  );
}

function Reply({ reply }: Pick<TriedMappingDto, 'reply'>): ReactNode {
  const texts = useOwnTexts(ownMapping);
  if (reply === null) return null;
  return (
    <section>
      <Title order={3} size="h5">
        {texts.reply}
      </Title>
      <Text size="sm">
        <bdi>
          {reply.status} {reply.body !== '' && reply.contentType}
        </bdi>
      </Text>
      {reply.body === '' ? (
        <Text size="sm" c="dimmed">
          {texts.empty}
        </Text>
      ) : (
        <pre className="code" tabIndex={0} role="region" aria-label={texts.reply}>
          {reply.body}
        </pre>
      )}
    </section>
  );
}
