import { NumberInput, Stack, Switch, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { ownForm } from './form-texts';
import type { PartProps } from './form-props';

const SECOND_MS = 1_000;

/** How fast it is sent to. */
export function LimitFields({ draft, set, errors }: PartProps): ReactNode {
  const texts = useOwnTexts(ownForm);
  return (
    <Stack gap="sm">
      <div className="numbers">
        <NumberInput
          label={texts.rate}
          description={texts.rateHint}
          min={1}
          value={draft.ratePerMinute ?? ''}
          error={errors['ratePerMinute']}
          onChange={(value) => {
            set({ ratePerMinute: value === '' ? null : Number(value) });
          }}
        />
        <NumberInput
          label={texts.burst}
          description="&nbsp;"
          min={1}
          disabled={draft.ratePerMinute === null}
          value={draft.rateBurst}
          error={errors['rateBurst']}
          onChange={(value) => {
            set({ rateBurst: Number(value) });
          }}
        />
        <NumberInput
          label={texts.concurrency}
          min={1}
          value={draft.concurrency}
          error={errors['concurrency']}
          onChange={(value) => {
            set({ concurrency: Number(value) });
          }}
        />
        <NumberInput
          label={texts.timeout}
          min={1}
          max={30}
          value={draft.timeoutMs / SECOND_MS}
          error={errors['timeoutMs']}
          onChange={(value) => {
            set({ timeoutMs: Math.round(Number(value) * SECOND_MS) });
          }}
        />
      </div>
      <Switch
        label={texts.ordered}
        description={texts.orderedHint}
        checked={draft.ordered}
        onChange={(event) => {
          set({ ordered: event.currentTarget.checked });
        }}
      />
    </Stack>
  );
}

/** What is done about it when it goes on failing, and words for people. */
export function MoreFields({ draft, set, errors }: PartProps): ReactNode {
  const texts = useOwnTexts(ownForm);
  return (
    <Stack gap="sm">
      <div className="numbers">
        <NumberInput
          label={texts.disableAfter}
          description={texts.never}
          min={1}
          value={draft.disableAfterHours ?? ''}
          error={errors['disableAfterHours']}
          onChange={(value) => {
            set({ disableAfterHours: value === '' ? null : Number(value) });
          }}
        />
        <NumberInput
          label={texts.backlogAfter}
          description={texts.never}
          min={1}
          value={draft.backlogAlertMinutes ?? ''}
          error={errors['backlogAlertMinutes']}
          onChange={(value) => {
            set({ backlogAlertMinutes: value === '' ? null : Number(value) });
          }}
        />
      </div>
      <Textarea
        label={texts.note}
        autosize
        minRows={2}
        value={draft.note ?? ''}
        error={errors['note']}
        onChange={(event) => {
          set({ note: event.currentTarget.value === '' ? null : event.currentTarget.value });
        }}
      />
    </Stack>
  );
}
