import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { DialectDto, NewConnectionDto, ShippedMappingDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { Loaded } from '../page/loaded';
import { useOwnTexts, useTexts } from '../texts/language';
import { MappingChoice } from './mapping-choice';
import { CountryField, ZoneField } from './place-fields';
import { ownMapping } from './mapping-texts';
import { STARTER_MAPPING } from './starter-mapping';
import { own } from './texts';
import { BY_MAPPING, PLAIN_MAPPING } from './use-mapping';
import { connectionsKey, useDialects } from './use-connection';
import { useMayManage } from './use-may-manage';

/** The first step: which PBX, what it is called, by which clock it goes. Then there is a connection, and the address names it. */
export function NewConnectionForm({ tenant }: { tenant: string }): ReactNode {
  const { onlyRoles } = useOwnTexts(own);
  const { roles } = useTexts();
  const dialects = useDialects();
  if (!useMayManage(tenant)) return <Text>{onlyRoles(roles.admin)}</Text>;
  return <Loaded query={dialects}>{({ data }) => <Form tenant={tenant} dialects={data} />}</Loaded>;
}

function Form({ tenant, dialects }: { tenant: string; dialects: readonly DialectDto[] }): ReactNode {
  const texts = useOwnTexts(own);
  const mapped = useOwnTexts(ownMapping);
  const [draft, setDraft] = useState(() => draftOf(dialects[0]));
  const make = useMake(tenant);
  return (
    <form
      className="narrow"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate(draft);
      }}
    >
      <Stack gap="md">
        <Radio.Group
          label={texts.wizard.choose}
          value={draft.dialect}
          onChange={(chosen) => {
            const dialect = dialects.find(({ name }) => name === chosen);
            setDraft((before) => ({ ...draftOf(dialect), name: before.name }));
          }}
        >
          <Group gap="lg" mt="xs">
            {dialects.map(({ name, title }) => (
              <Radio
                key={name}
                value={name}
                label={name === BY_MAPPING ? mapped.other : <bdi>{title}</bdi>}
              />
            ))}
          </Group>
        </Radio.Group>
        {draft.dialect === BY_MAPPING && (
          <MappingChoice
            tenant={tenant}
            value={chosenOf(draft)}
            change={(name, chosen) => {
              setDraft((before) => ({
                ...before,
                ...placeOf(chosen),
                settings: { mapping: name === '' ? STARTER_MAPPING : name },
              }));
            }}
          />
        )}
        <TextInput
          label={texts.name}
          placeholder={texts.namePlaceholder}
          dir="auto"
          required
          maxLength={200}
          value={draft.name}
          onChange={({ currentTarget: { value: name } }) => {
            setDraft((before) => ({ ...before, name }));
          }}
        />
        <div className="form-grid">
          <ZoneField
            value={draft.timeZone ?? ''}
            change={(timeZone) => {
              setDraft((before) => ({ ...before, timeZone }));
            }}
          />
          <CountryField
            value={draft.country ?? ''}
            change={(country) => {
              setDraft((before) => ({ ...before, country }));
            }}
          />
        </div>
        {make.error !== null && <ProblemNotice error={make.error} />}
        <Group>
          <Button type="submit" loading={make.isPending}>
            {texts.wizard.make}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function draftOf(dialect: DialectDto | undefined): NewConnectionDto {
  const { timeZone, country } = dialect?.defaults ?? {};
  return {
    dialect: (dialect?.name ?? 'voicenter') as NewConnectionDto['dialect'],
    name: '',
    timeZone,
    country,
    ...(dialect?.name === BY_MAPPING && { settings: { mapping: PLAIN_MAPPING } }),
  };
}

/** The shipped mapping of a draft; empty for one that is written. */
function chosenOf({ settings }: NewConnectionDto): string {
  const mapping = settings?.['mapping'];
  return typeof mapping === 'string' ? mapping : '';
}

/** Where PBXs of a mapping usually are, as far as it says so. */
function placeOf(chosen: ShippedMappingDto | undefined): Pick<NewConnectionDto, 'timeZone' | 'country'> {
  const { timeZone, country } = (chosen?.mapping['defaults'] ?? {}) as Pick<
    NewConnectionDto,
    'timeZone' | 'country'
  >;
  return { ...(timeZone && { timeZone }), ...(country && { country }) };
}

function useMake(tenant: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (draft: NewConnectionDto) => ask('connections.create', { body: draft, tenant }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: [...connectionsKey(tenant), 'list'] });
      // Replaced: back must not offer to make it once more.
      await navigate({
        to: '/t/$tenant/connections/new',
        params: { tenant },
        search: { connection: id },
        replace: true,
      });
    },
  });
}
