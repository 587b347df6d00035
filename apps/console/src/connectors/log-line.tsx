import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CrmContactDto, CrmLogDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

export const LOG_TONES: Readonly<Record<CrmLogDto['state'], string>> = {
  writing: 'tone-waiting',
  written: 'tone-good',
  undecided: 'tone-waiting',
};

/** A record in the CRM, in a line. */
export function LogLine({ log: { state, record, contact, updatedAt } }: { log: CrmLogDto }): ReactNode {
  const { log } = useOwnTexts(own);
  return (
    <Text size="sm">
      <span className={LOG_TONES[state]}>{log.states[state]}</span>
      {record !== null && (
        <>
          {' · '}
          <bdi dir="ltr">
            {record.type} {record.id}
          </bdi>
        </>
      )}
      {' · '}
      {log.contact} <ContactName contact={contact} /> · <TimeText at={updatedAt} exact />
    </Text>
  );
}

/** A contact of the CRM, with a link to its page there where we know it. */
export function ContactName({ contact }: { contact: CrmContactDto | null }): ReactNode {
  const { log } = useOwnTexts(own);
  if (contact === null) return log.nobody;
  const { name, url, type } = contact;
  return (
    <>
      <bdi>{name}</bdi> (<bdi dir="ltr">{type}</bdi>)
      {url !== null && (
        <>
          {' '}
          <Anchor size="sm" href={url} target="_blank" rel="noreferrer">
            {log.inCrm}
          </Anchor>
        </>
      )}
    </>
  );
}
