import { SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { durationText } from '../texts/durations';
import { useLanguage, useOwnTexts } from '../texts/language';
import { errorOf } from './field-errors';
import { ownForm } from './form-texts';
import type { PartProps } from './form-props';
import { DEFAULT_WAITS, marksOf, PRESETS, readWaits, waitsText } from './waits';

const CHOICES = ['usual', 'short', 'once', 'own'] as const;
type Choice = (typeof CHOICES)[number];

interface ScheduleProps extends PartProps {
  /** Told whether what is typed is a schedule at all. */
  setReadable: (isReadable: boolean) => void;
}

/** When it is tried again, drawn on a bar of time. */
export function ScheduleFields({ draft, set, errors, setReadable }: ScheduleProps): ReactNode {
  const texts = useOwnTexts(ownForm);
  const waits = draft.scheduleMs ?? DEFAULT_WAITS;
  const [choice, setChoice] = useState<Choice>(() => choiceOf(draft.scheduleMs));
  const [text, setText] = useState(() => waitsText(waits));
  const choose = (next: Choice): void => {
    setReadable(true);
    setChoice(next);
    setText(waitsText(waits));
    set({ scheduleMs: next === 'own' ? waits : PRESETS[next] });
  };
  const type = (next: string): void => {
    setText(next);
    const read = readWaits(next);
    setReadable(read !== undefined);
    if (read !== undefined) set({ scheduleMs: read });
  };
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={texts.schedule}
        size="xs"
        w="fit-content"
        data={CHOICES.map((value) => ({ value, label: texts.presets[value] }))}
        value={choice}
        onChange={(chosen) => {
          choose(CHOICES.find((one) => one === chosen) ?? 'usual');
        }}
      />
      {choice === 'own' && (
        <TextInput
          label={texts.waits}
          description={texts.waitsHint}
          dir="ltr"
          value={text}
          error={readWaits(text) === undefined ? texts.waitsWrong : errorOf(errors, 'scheduleMs')}
          onChange={(event) => {
            type(event.currentTarget.value);
          }}
        />
      )}
      <ScheduleBar waits={waits} />
    </Stack>
  );
}

function choiceOf(waits: readonly number[] | null): Choice {
  if (waits === null) return 'usual';
  const same = (['short', 'once'] as const).find((name) => PRESETS[name].join() === waits.join());
  return same ?? 'own';
}

function ScheduleBar({ waits }: { waits: readonly number[] }): ReactNode {
  const texts = useOwnTexts(ownForm);
  const { language } = useLanguage();
  const marks = marksOf(waits);
  const total = marks.at(-1)?.afterMs ?? 0;
  const words = total === 0 ? texts.oneTry : texts.triesOver(marks.length, durationText(total, language));
  const saying = (number: number, afterMs: number): string =>
    afterMs === 0 ? texts.tryNow : texts.tryAfter(number, durationText(afterMs, language));
  return (
    <div>
      <Text size="sm">{words}</Text>
      <ol className="schedule" aria-label={words}>
        {marks.map(({ number, afterMs, at, isSaid }) => (
          <li
            key={number}
            style={{ left: `${at * 100}%` }}
            title={saying(number, afterMs)}
            aria-label={saying(number, afterMs)}
          >
            {isSaid && (
              <span aria-hidden>
                <bdi>{afterMs === 0 ? '0' : durationText(afterMs, language)}</bdi>
              </span>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
