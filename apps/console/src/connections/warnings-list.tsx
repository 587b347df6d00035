import { Alert, Code, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { WarningDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { useLanguage } from '../texts/language';
import { useConnectionTexts } from './connection-texts';
import type { Tab } from './connection-search';
import { warningWords } from './warning-words';

type Code = WarningDto['code'];

/** Where somebody goes to mend it. */
const MENDED_IN: Readonly<Partial<Record<Code, Tab>>> = {
  'connection.disabled': 'settings',
  'socket.never': 'setup',
  'socket.down': 'setup',
  'webhooks.none': 'setup',
  'webhooks.silent': 'setup',
  'webhooks.refused': 'setup',
  'clock.wrong': 'settings',
  'receipts.unparsed': 'receipts',
  'receipts.set_aside': 'receipts',
};

interface WarningsListProps {
  tenant: string;
  id: string;
  warnings: readonly WarningDto[];
}

/** What somebody should look after, each with what to do and where. */
export function WarningsList({ tenant, id, warnings }: WarningsListProps): ReactNode {
  const { health } = useConnectionTexts();
  if (warnings.length === 0) return <Text className="tone-good">{health.fine}</Text>;
  return (
    <Stack gap="xs">
      {warnings.map((warning) => (
        <Warning key={`${warning.code} ${warning.message}`} tenant={tenant} id={id} warning={warning} />
      ))}
    </Stack>
  );
}

function Warning({ tenant, id, warning }: { tenant: string; id: string; warning: WarningDto }): ReactNode {
  const texts = useConnectionTexts();
  const { language } = useLanguage();
  const words = warningWords(warning, texts, language);
  const place = MENDED_IN[warning.code];
  const labels = {
    settings: texts.health.toSettings,
    setup: texts.health.toSetup,
    receipts: texts.health.toReceipts,
  };
  const label = place === undefined ? undefined : labels[place as keyof typeof labels];
  return (
    <Alert color="yellow" variant="outline" className="warning">
      <Text size="sm">
        {words === undefined ? <bdi>{warning.message}</bdi> : words.text}{' '}
        {words?.named?.map((name) => (
          <Code key={name} dir="ltr" mr={4}>
            {name}
          </Code>
        ))}
      </Text>
      {place !== undefined && (
        <TextLink
          to="/t/$tenant/connections/$connectionId"
          params={{ tenant, connectionId: id }}
          search={searchOf(warning.code, place)}
          size="sm"
        >
          {label}
        </TextLink>
      )}
    </Alert>
  );
}

function searchOf(code: Code, tab: Tab): { tab: Tab; state?: 'unparsed' | 'set_aside' } {
  if (code === 'receipts.unparsed') return { tab, state: 'unparsed' };
  return code === 'receipts.set_aside' ? { tab, state: 'set_aside' } : { tab };
}
