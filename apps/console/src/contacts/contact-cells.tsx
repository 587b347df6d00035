import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ContactDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { useLanguage, useOwnTexts } from '../texts/language';
import { own } from './texts';

interface ContactCellsProps {
  contact: ContactDto;
  tenant: string;
  isChosen: boolean;
  /** Undefined for those who may not merge. */
  choose: ((is: boolean) => void) | undefined;
}

export function ContactCells({ contact, tenant, isChosen, choose }: ContactCellsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { id, name, company, phones, updatedAt } = contact;
  const [first] = phones;
  return (
    <>
      <span role="cell" className="over-link">
        {choose !== undefined && (
          <Checkbox
            size="xs"
            aria-label={texts.choose(name)}
            checked={isChosen}
            onChange={({ currentTarget }) => {
              choose(currentTarget.checked);
            }}
          />
        )}
      </span>
      <span role="cell">
        <Link to="/t/$tenant/contacts/$contactId" params={{ tenant, contactId: id }}>
          <bdi>{name}</bdi>
        </Link>
      </span>
      <span role="cell" className="wide">
        <bdi>{company ?? '–'}</bdi>
      </span>
      <span role="cell" className="number">
        <bdi>{first?.e164 ?? '–'}</bdi>
        {phones.length > 1 && <span> +{(phones.length - 1).toLocaleString(language)}</span>}
      </span>
      <span role="cell" className="wide">
        <TimeText at={updatedAt} />
      </span>
    </>
  );
}
