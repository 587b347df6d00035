import { Text, TextInput } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ConnectorDto } from '../api/operations';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { onlySet } from '../list/read-filters';
import { Loaded } from '../page/loaded';
import { useLanguage, useOwnTexts } from '../texts/language';
import { own } from './texts';
import { useConnectors } from './use-connectors';

const FROM = '/shell/t/$tenant/connectors';

/** Every CRM that can be connected, with what its connector can. */
export function Catalogue({ tenant }: { tenant: string }): ReactNode {
  const { list } = useOwnTexts(own);
  const { find = '' } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/connectors' });
  const connectors = useConnectors(tenant);
  const isAdmin = mayManage(useRole(tenant));
  return (
    <>
      {!isAdmin && (
        <Text size="sm" c="dimmed">
          {list.adminOnly}
        </Text>
      )}
      <TextInput
        maw={320}
        type="search"
        aria-label={list.search}
        placeholder={list.search}
        value={find}
        onChange={({ currentTarget: { value } }) => {
          void navigate({ search: onlySet({ find: value }), replace: true });
        }}
      />
      <Loaded query={connectors}>
        {(all) => {
          const wanted = find.trim().toLowerCase();
          const found = all.filter(({ title, name }) => `${title} ${name}`.toLowerCase().includes(wanted));
          if (found.length === 0) return <Text size="sm">{list.noneFound}</Text>;
          return (
            <ul className="con-cards">
              {found.map((connector) => (
                <li key={connector.name}>
                  <ConnectorCard {...{ tenant, connector, isAdmin }} />
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </>
  );
}

interface ConnectorCardProps {
  tenant: string;
  connector: ConnectorDto;
  isAdmin: boolean;
}

function ConnectorCard({ tenant, connector, isAdmin }: ConnectorCardProps): ReactNode {
  const { list } = useOwnTexts(own);
  return (
    <article className="con-card">
      <h3>
        {isAdmin ? (
          <Link
            className="con-whole"
            to="/t/$tenant/connectors/new/$name"
            params={{ tenant, name: connector.name }}
            aria-label={list.connect(connector.title)}
          >
            <bdi>{connector.title}</bdi>
          </Link>
        ) : (
          <bdi>{connector.title}</bdi>
        )}
      </h3>
      <p>
        <bdi lang="en">{connector.about}</bdi>
      </p>
      <Abilities connector={connector} />
    </article>
  );
}

/** What a connector can, in a few words each. */
export function Abilities({ connector }: { connector: ConnectorDto }): ReactNode {
  const { can } = useOwnTexts(own);
  const number = new Intl.NumberFormat(useLanguage().language);
  const { credentials, allows, update } = connector;
  const kinds = credentials.map(({ kind }) => kind);
  const words = [
    can.lookUp,
    can.log,
    can[update],
    ...(kinds.includes('oauth2') ? [can.signIn] : []),
    ...(kinds.some((kind) => kind !== 'oauth2') ? [can.key] : []),
    ...(allows === null ? [] : [can.pace(number.format(allows.requests), allows.seconds)]),
  ];
  return (
    <ul className="con-can">
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}
