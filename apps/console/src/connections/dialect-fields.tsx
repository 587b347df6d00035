import { NativeSelect, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import type { DialectSettingDto } from '../api/operations';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { POPUP, TIMING, USUAL, otherSettings, readObject, withSetting } from './dialect-settings';
import { own } from './texts';
import { useDialects } from './use-connection';

type Settings = Readonly<Record<string, unknown>>;

interface FieldsProps {
  dialect: string;
  settings: Settings;
  change: (settings: Settings) => void;
  /** Told whether what is written can be kept. */
  sound: (isSound: boolean) => void;
}

/** A connection's `settings`: those that all have, the switches of its PBX, and any others as JSON. */
export function DialectFields({ dialect, ...fields }: FieldsProps): ReactNode {
  const dialects = useDialects();
  // What has a field of its own and what has not is known only then.
  return (
    <Loaded query={dialects}>
      {({ data }) => (
        <Fields switches={data.find(({ name }) => name === dialect)?.settings ?? []} {...fields} />
      )}
    </Loaded>
  );
}

type KnownFieldsProps = Omit<FieldsProps, 'dialect'> & { switches: readonly DialectSettingDto[] };

function Fields({ switches, settings, change, sound }: KnownFieldsProps): ReactNode {
  const { settings: texts } = useOwnTexts(own);
  const set = (name: string, value: string | number): void => {
    change(withSetting(settings, name, value));
  };
  return (
    <Stack gap="md">
      <Group title={texts.timing}>
        {TIMING.map((name) => (
          <NumberInput
            key={name}
            label={texts[name]}
            placeholder={String(USUAL[name])}
            min={0}
            allowDecimal={false}
            hideControls
            value={typeof settings[name] === 'number' ? settings[name] : ''}
            onChange={(value) => {
              set(name, value);
            }}
          />
        ))}
      </Group>
      <Group title={texts.popups}>
        {POPUP.map((name) => (
          <TextInput
            key={name}
            label={texts[name]}
            description={texts.urlHint}
            dir="ltr"
            value={textOf(settings[name])}
            onChange={({ currentTarget: { value } }) => {
              set(name, value);
            }}
          />
        ))}
      </Group>
      {switches.length > 0 && (
        <Group title={texts.dialect}>
          {switches.map((one) => (
            <SwitchField
              key={one.name}
              of={one}
              value={textOf(settings[one.name])}
              change={(value) => {
                set(one.name, value);
              }}
            />
          ))}
        </Group>
      )}
      <Others
        known={[...TIMING, ...POPUP, ...switches.map(({ name }) => name)]}
        settings={settings}
        change={change}
        sound={sound}
      />
    </Stack>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function Group({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <div role="group" aria-label={title}>
      <Text fw={600} mb={4}>
        {title}
      </Text>
      <div className="form-grid">{children}</div>
    </div>
  );
}

interface SwitchFieldProps {
  of: DialectSettingDto;
  value: string;
  change: (value: string) => void;
}

function SwitchField({ of: { name, what, values, byDefault }, value, change }: SwitchFieldProps): ReactNode {
  const { settings } = useOwnTexts(own);
  return (
    <NativeSelect
      label={<bdi>{name}</bdi>}
      description={<bdi>{what}</bdi>}
      data={[
        { value: '', label: settings.byDefault(byDefault) },
        ...values.filter((one) => one !== byDefault).map((one) => ({ value: one, label: one })),
      ]}
      value={value === byDefault ? '' : value}
      onChange={({ currentTarget }) => {
        change(currentTarget.value);
      }}
    />
  );
}

function Others({
  known,
  settings,
  change,
  sound,
}: Omit<FieldsProps, 'dialect'> & { known: readonly string[] }): ReactNode {
  const { settings: texts } = useOwnTexts(own);
  const others = otherSettings(settings, known);
  const [text, setText] = useState(() =>
    Object.keys(others).length === 0 ? '' : JSON.stringify(others, null, 2),
  );
  const isObject = readObject(text) !== null;
  useEffect(() => {
    sound(isObject);
  }, [isObject, sound]);
  return (
    <Textarea
      label={texts.others}
      description={texts.othersHint}
      rows={3}
      dir="ltr"
      classNames={{ input: 'code' }}
      value={text}
      error={isObject ? undefined : texts.notJson}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        const read = readObject(value);
        const kept = Object.entries(settings).filter(([name]) => known.includes(name));
        if (read !== null) change({ ...Object.fromEntries(kept), ...read });
      }}
    />
  );
}
