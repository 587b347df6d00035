import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { onlySet } from '../list/read-filters';
import { PageHead } from '../page/page-head';
import { useOwnTexts, useTexts } from '../texts/language';
import { auditQuery, type AuditFilters } from './audit-filters';
import './audit.css';
import { AuditEntry } from './audit-entry';
import { own } from './texts';
import { useActorNames } from './use-actor-names';

const FROM = '/shell/t/$tenant/audit';
const PAGE = 50;
/** Kinds of what is changed, by the alphabet; the address may say others. */
const KINDS = [
  'agent',
  'api_credential',
  'api_key',
  'call',
  'campaign',
  'connection',
  'contact',
  'contact_source',
  'crm_connector',
  'delivery',
  'endpoint',
  'erasure',
  'identity_provider',
  'import',
  'ivr_flow',
  'member',
  'pbx_account',
  'portal',
  'replay',
  'tenant',
  'user',
] as const;

/** Who changed what, the latest first. All of its filters are in the address. */
export function AuditPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const role = useRole(tenant);
  if (role === null) return null;
  const isOpen = mayManage(role);
  return (
    <Stack gap="sm">
      <PageHead title={texts.title} about={texts.about} />
      {isOpen ? <Trail tenant={tenant} isOperator={role === 'operator'} /> : <Text>{texts.adminsOnly}</Text>}
    </Stack>
  );
}

function Trail({ tenant, isOperator }: { tenant: string; isOperator: boolean }): ReactNode {
  const texts = useOwnTexts(own);
  const filters = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/audit' });
  const show = (next: AuditFilters): void => void navigate({ search: onlySet({ ...next }), replace: true });
  const { rows, query } = usePages(['audit', tenant, filters], (cursor, signal) =>
    ask('audit.list', { query: { ...auditQuery(filters), limit: PAGE, cursor }, tenant, signal }),
  );
  const nameOf = useActorNames(tenant);
  const isFiltered = Object.keys(filters).length > 0;
  const clear = (): void => {
    show({});
  };
  return (
    <>
      <Filters key={filters.subjectId} filters={filters} show={show} isOperator={isOperator} />
      <Listed
        error={query.error}
        retry={query.refetch}
        count={rows?.length}
        none={texts.none}
        clear={isFiltered ? clear : undefined}
      >
        <ol className="audit-entries">
          {rows?.map((entry) => (
            <AuditEntry key={entry.id} entry={entry} nameOf={nameOf} filters={filters} tenant={tenant} />
          ))}
        </ol>
        {query.hasNextPage && (
          <Button
            variant="default"
            size="xs"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {texts.more}
          </Button>
        )}
      </Listed>
    </>
  );
}

interface FiltersProps {
  filters: AuditFilters;
  show: (next: AuditFilters) => void;
  isOperator: boolean;
}

function Filters({ filters, show, isOperator }: FiltersProps): ReactNode {
  const texts = useOwnTexts(own);
  const { actions } = useTexts();
  const [id, setId] = useState(filters.subjectId ?? '');
  const search = useDebouncedCallback((subjectId: string) => {
    show({ ...filters, subjectId: subjectId.trim() });
  }, 300);
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        size="xs"
        label={texts.kind}
        data={[{ value: '', label: texts.any }, ...KINDS]}
        value={filters.subjectType ?? ''}
        onChange={({ currentTarget }) => {
          show({ ...filters, subjectType: currentTarget.value });
        }}
      />
      <TextInput
        size="xs"
        label={texts.id}
        dir="ltr"
        value={id}
        onChange={({ currentTarget: { value } }) => {
          setId(value);
          search(value);
        }}
      />
      {(['from', 'to'] as const).map((name) => (
        <TextInput
          key={name}
          size="xs"
          type="date"
          label={texts[name]}
          value={filters[name] ?? ''}
          onChange={({ currentTarget }) => {
            show({ ...filters, [name]: currentTarget.value });
          }}
        />
      ))}
      {isOperator && (
        <Checkbox
          size="xs"
          mb={8}
          label={texts.operator}
          checked={filters.operator === true}
          onChange={({ currentTarget: { checked } }) => {
            const { operator: _, ...others } = filters;
            show(checked ? { ...others, operator: true } : others);
          }}
        />
      )}
      {Object.keys(filters).length > 0 && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            setId('');
            show({});
          }}
        >
          {actions.clear}
        </Button>
      )}
    </Group>
  );
}
