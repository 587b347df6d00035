import { Anchor, Code, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ContactDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { TimeText } from '../list/time-text';
import { Facts } from '../page/facts';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { textOfValue } from './contact-draft';
import { own } from './texts';

interface ContactFactsProps {
  contact: ContactDto;
  tenant: string;
}

export function ContactFacts({ contact, tenant }: ContactFactsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { metadata, externalIds } = contact;
  return (
    <>
      <Main contact={contact} tenant={tenant} />
      <Numbers contact={contact} tenant={tenant} />
      {Object.keys(metadata).length > 0 && (
        <section>
          <Title order={2} size="h4" mb={4}>
            {texts.metadata}
          </Title>
          <Pairs
            of={Object.entries(metadata).map(([key, value]): [string, string] => [key, textOfValue(value)])}
          />
        </section>
      )}
      {externalIds.length > 0 && (
        <section>
          <Title order={2} size="h4" mb={4}>
            {texts.otherIds}
          </Title>
          <Pairs of={externalIds.map(({ source, id }): [string, string] => [source, id])} />
        </section>
      )}
    </>
  );
}

function Main({ contact, tenant }: ContactFactsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { kind, company, companyId, email, url, externalId, createdAt, updatedAt, id } = contact;
  return (
    <Facts
      of={{
        [texts.kind]: texts.kinds[kind],
        [texts.company]:
          companyId === null ? (
            company === null ? undefined : (
              <bdi>{company}</bdi>
            )
          ) : (
            <TextLink to="/t/$tenant/contacts/$contactId" params={{ tenant, contactId: companyId }}>
              <bdi>{company ?? texts.companyOf}</bdi>
            </TextLink>
          ),
        [texts.email]:
          email === null ? undefined : (
            <Anchor href={`mailto:${email}`}>
              <bdi>{email}</bdi>
            </Anchor>
          ),
        [texts.url]:
          url === null ? undefined : (
            <Anchor href={/^https?:/i.test(url) ? url : undefined} target="_blank" rel="noreferrer">
              <bdi>{url}</bdi>
            </Anchor>
          ),
        [texts.owner]: contact.ownerId === null ? undefined : <Owner tenant={tenant} id={contact.ownerId} />,
        [texts.externalId]: externalId === null ? undefined : <bdi>{externalId}</bdi>,
        [texts.made]: <TimeText at={createdAt} />,
        [texts.updated]: <TimeText at={updatedAt} />,
        [texts.id]: <Code dir="ltr">{id}</Code>,
      }}
    />
  );
}

function Owner({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const { data } = useQuery({
    queryKey: ['agents', tenant, id],
    queryFn: ({ signal }) => ask('agents.get', { path: { id }, tenant, signal }),
  });
  return <bdi>{data?.name ?? id}</bdi>;
}

function Numbers({ contact: { phones }, tenant }: ContactFactsProps): ReactNode {
  const texts = useOwnTexts(own);
  if (phones.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb={4}>
        {texts.numbers}
      </Title>
      <table className="plain-table">
        <tbody>
          {phones.map(({ e164, kind, label }) => (
            <tr key={e164}>
              <th scope="row" className="number">
                <Anchor href={`tel:${e164}`} dir="ltr">
                  {e164}
                </Anchor>
              </th>
              <td>
                <bdi>{label ?? (kind === null ? '' : texts.phoneKinds[kind])}</bdi>
              </td>
              <td>
                <TextLink to="/t/$tenant/calls" params={{ tenant }} search={{ number: e164 }}>
                  {texts.callsOf(isolated(e164))}
                </TextLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Pairs({ of }: { of: readonly [string, string][] }): ReactNode {
  return (
    <table className="plain-table">
      <tbody>
        {of.map(([name, value]) => (
          <tr key={`${name} ${value}`}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td>
              <bdi>{value}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
