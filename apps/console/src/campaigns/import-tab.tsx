import { FileInput, Group, Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { sendFile } from '../api/send-file';
import { TextLink } from '../app/text-link';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { useOwnTexts } from '../texts/language';
import { LeadImport } from './lead-import';
import type { PartProps } from './part-props';
import { own } from './texts';
import { useWritten } from './use-written';

const FROM = '/shell/t/$tenant/campaigns/$campaignId';

/** Files of leads: sent, looked at, tried, imported, undone. */
export function ImportTab({ campaign, tenant }: PartProps): ReactNode {
  const { file } = useOwnTexts(own);
  const { file: chosen } = useSearch({ from: FROM });
  if (chosen === undefined) return <Files campaign={campaign} tenant={tenant} />;
  return (
    <Stack gap="sm">
      <TextLink
        to="/t/$tenant/campaigns/$campaignId"
        params={{ tenant, campaignId: campaign.id }}
        search={{ tab: 'import' }}
        size="sm"
      >
        {file.back}
      </TextLink>
      <LeadImport campaign={campaign} tenant={tenant} importId={chosen} key={chosen} />
    </Stack>
  );
}

function Files({ campaign, tenant }: PartProps): ReactNode {
  const texts = useOwnTexts(own);
  const { file } = texts;
  const navigate = useNavigate({ from: '/t/$tenant/campaigns/$campaignId' });
  const [picked, pick] = useState<File | null>(null);
  return (
    <Stack gap="md" maw={760}>
      <Group align="flex-end" gap="xs">
        <FileInput
          label={file.choose}
          description={file.about}
          placeholder="leads.csv"
          accept=".csv,.txt,.tsv,text/csv"
          value={picked}
          onChange={pick}
          miw={240}
        />
        <ActionButton
          label={file.send}
          size="sm"
          disabled={picked === null}
          act={async () => {
            if (picked === null) return;
            const { id } = await sendFile('leadImports.upload', {
              path: { campaignId: campaign.id },
              query: { fileName: picked.name },
              tenant,
              file: picked,
              type: 'text/csv',
            });
            await navigate({ search: { tab: 'import', file: id } });
          }}
          stale={[['campaigns', tenant, campaign.id, 'imports']]}
        />
      </Group>
      <Before campaign={campaign} tenant={tenant} />
    </Stack>
  );
}

function Before({ campaign, tenant }: PartProps): ReactNode {
  const texts = useOwnTexts(own);
  const { count } = useWritten();
  const { file } = texts;
  const path = { campaignId: campaign.id };
  const { rows, query } = usePages(['campaigns', tenant, campaign.id, 'imports'], (cursor, signal) =>
    ask('leadImports.list', { path, query: { cursor }, tenant, signal }),
  );
  return (
    <div className="campaign-part">
      <h2>{file.before}</h2>
      <Listed error={query.error} retry={query.refetch} count={rows?.length} none={file.none}>
        <table className="campaign-table">
          <tbody>
            {(rows ?? []).map(({ id, fileName, state, made, createdAt }) => (
              <tr key={id}>
                <td>
                  <TextLink
                    to="/t/$tenant/campaigns/$campaignId"
                    params={{ tenant, campaignId: campaign.id }}
                    search={{ tab: 'import', file: id }}
                    size="sm"
                  >
                    <bdi>{fileName ?? id}</bdi>
                  </TextLink>
                </td>
                <td>{file.states[state]}</td>
                <td>
                  <Text size="sm" span>
                    {file.made}: {count(made)}
                  </Text>
                </td>
                <td>
                  <TimeText at={createdAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Listed>
    </div>
  );
}
