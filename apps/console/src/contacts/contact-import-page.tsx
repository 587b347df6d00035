import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { TextLink } from '../app/text-link';
import { useRole } from '../app/use-role';
import { FileImport } from '../import/file-import';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { contactImports } from './contact-imports';
import { own } from './texts';

const FROM = '/shell/t/$tenant/contacts/import';

/** Brings contacts in from a file. */
export function ContactImportPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const { id } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/contacts/import' });
  const role = useRole(tenant);
  const kind = useMemo(() => contactImports(tenant, texts), [tenant, texts]);
  const { data: connections } = useQuery({
    queryKey: ['connections', tenant, 'first'],
    queryFn: ({ signal }) => ask('connections.list', { query: { limit: 1 }, tenant, signal }),
  });
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/contacts" params={{ tenant }} size="sm">
        {texts.title}
      </TextLink>
      <PageHead
        title={texts.importTitle}
        about={role === 'agent' ? texts.onlySupervisors : texts.importAbout}
      />
      {role !== 'agent' && (
        <FileImport
          kind={kind}
          importId={id}
          country={connections?.data[0]?.country}
          show={(next) => void navigate({ search: next === undefined ? {} : { id: next } })}
        />
      )}
    </Stack>
  );
}
