import { NativeSelect, NumberInput, Stack, Switch } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { AccountFieldDto, PbxAccountDto, PbxDriverDto } from '../api/operations';
import { ActionButton } from '../page/action-button';
import { useOwnTexts, useTexts } from '../texts/language';
import { AccountField } from './account-field';
import { pbxBodyOf, pbxDraftOf, type PbxDraft } from './pbx-draft';
import { own } from './texts';
import { connectionsKey } from './use-connection';

const NUMBER_FORMS = ['local', 'e164', 'e164_plus'] as const;

interface PbxFormProps {
  tenant: string;
  id: string;
  driver: PbxDriverDto;
  account: PbxAccountDto | undefined;
}

/** An account as its driver wants it: the form is made of what it asks for. */
export function PbxForm({ tenant, id, driver, account }: PbxFormProps): ReactNode {
  const { settings, pbx } = useOwnTexts(own);
  const { actions } = useTexts();
  const [draft, setDraft] = useState<PbxDraft>(() => pbxDraftOf(account, driver));
  const set = (change: Partial<PbxDraft>): void => {
    setDraft((before) => ({ ...before, ...change }));
  };
  const fieldOf = (field: AccountFieldDto): ReactNode => (
    <AccountField
      key={field.name}
      field={field}
      draft={draft}
      isSet={account?.secretsSet.includes(field.name) === true}
      set={set}
    />
  );
  return (
    <Stack gap="md">
      <div className="form-grid">{driver.fields.filter(({ required }) => required).map(fieldOf)}</div>
      <details>
        <summary>{pbx.further}</summary>
        <div className="form-grid">{driver.fields.filter(({ required }) => !required).map(fieldOf)}</div>
      </details>
      <Pace driver={driver} draft={draft} set={set} />
      <div>
        <ActionButton
          label={actions.save}
          size="sm"
          act={() => ask('pbxAccount.put', { path: { id }, body: pbxBodyOf(draft), tenant })}
          done={settings.saved}
          stale={[[...connectionsKey(tenant), id, 'pbx-account']]}
        />
      </div>
    </Stack>
  );
}

interface PaceProps {
  driver: PbxDriverDto;
  draft: PbxDraft;
  set: (change: Partial<PbxDraft>) => void;
}

function Pace({ driver, draft, set }: PaceProps): ReactNode {
  const { pbx } = useOwnTexts(own);
  return (
    <>
      <Switch
        label={pbx.enabled}
        checked={draft.enabled}
        onChange={({ currentTarget: { checked } }) => {
          set({ enabled: checked });
        }}
      />
      <div className="form-grid">
        <NativeSelect
          label={pbx.numbers}
          data={[
            { value: '', label: pbx.usual(pbx.numberForms[driver.numbers]) },
            ...NUMBER_FORMS.map((form) => ({ value: form, label: pbx.numberForms[form] })),
          ]}
          value={draft.numbers ?? ''}
          onChange={({ currentTarget: { value } }) => {
            set({ numbers: NUMBER_FORMS.find((form) => form === value) ?? null });
          }}
        />
        {(['perSecond', 'atOnce'] as const).map((name) => (
          <NumberInput
            key={name}
            label={pbx[name]}
            min={1}
            max={100}
            allowDecimal={false}
            hideControls
            value={draft[name]}
            onChange={(value) => {
              if (typeof value === 'number') set({ [name]: value });
            }}
          />
        ))}
      </div>
    </>
  );
}
