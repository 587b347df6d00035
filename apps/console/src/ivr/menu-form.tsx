import { Button, Fieldset, Group, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { freeKey } from './change-flow';
import { faultAt, useEditing } from './editing';
import { FlagAt, WholeAt } from './fields';
import { namesAt, valueAt, withRenamed, withValue, type Json, type Path } from './flow-document';
import { START } from './flow-graph';
import { PromptsAt, SlotField } from './step-form';
import { own } from './texts';

/** All of a menu: what is played, its keys, and what happens when none fits. */
export function MenuForm({ name }: { name: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { fields } = texts;
  const { document, change, choose, mayChange } = useEditing();
  const path: Path = ['menus', name];
  const plain = valueAt(document, [...path, 'recording']);
  return (
    <Stack gap="xs">
      <NameField member="menus" name={name} key={name} />
      {plain === undefined ? (
        <PromptsAt path={[...path, 'prompts']} legend={texts.prompts} />
      ) : (
        <PlainRecording path={path} recording={plain} />
      )}
      <Keys path={path} />
      <Fieldset legend={texts.invalid}>
        <Stack gap="xs">
          <WholeAt path={[...path, 'invalid', 'retries']} label={fields['retries'] ?? ''} />
          <PromptsAt path={[...path, 'invalid', 'prompts']} legend={texts.invalidPrompts} />
          <SlotField path={[...path, 'invalid', 'then']} label={texts.by['then'] ?? ''} mayOpen />
        </Stack>
      </Fieldset>
      <details>
        <summary>{texts.more}</summary>
        <Stack gap="xs" mt="xs">
          {(['maxDigits', 'loops', 'delaySeconds'] as const).map((field) => (
            <WholeAt key={field} path={[...path, field]} label={fields[field] ?? ''} />
          ))}
          <FlagAt path={[...path, 'confirm']} label={fields['confirm'] ?? ''} />
        </Stack>
      </details>
      {mayChange && (
        <Button
          size="xs"
          color="red"
          variant="default"
          onClick={() => {
            change(withValue(document, path, undefined));
            choose(START);
          }}
        >
          {texts.removeMenu}
        </Button>
      )}
    </Stack>
  );
}

/** `recording` is short for one prompt: as soon as somebody touches it, it is written out. */
function PlainRecording({ path, recording }: { path: Path; recording: Json }): ReactNode {
  const texts = useOwnTexts(own);
  const { document, change, mayChange } = useEditing();
  const writeOut = (next: Json): void => {
    const without = withValue(document, [...path, 'recording'], undefined);
    change(withValue(without, [...path, 'prompts'], [{ say: 'recording', recording: next }]));
  };
  return (
    <TextInput
      size="xs"
      dir="ltr"
      label={texts.fields['recording']}
      readOnly={!mayChange}
      value={typeof recording === 'string' ? recording : JSON.stringify(recording)}
      onChange={({ currentTarget }) => {
        writeOut(currentTarget.value);
      }}
    />
  );
}

function Keys({ path }: { path: Path }): ReactNode {
  const texts = useOwnTexts(own);
  const { document, set, problems, mayChange } = useEditing();
  const digits: Path = [...path, 'digits'];
  const free = freeKey(document, path[1] ?? '');
  const fault = faultAt(
    problems.filter((problem) => problem.path === digits.join('.')),
    digits,
  );
  return (
    <Fieldset legend={texts.keys}>
      <Stack gap="xs">
        {fault !== undefined && (
          <div className="flow-fault">
            <bdi>{fault}</bdi>
          </div>
        )}
        {namesAt(document, digits).map((key) => (
          <Group key={key} gap="xs" align="flex-end" wrap="nowrap">
            <KeyName digits={digits} name={key} />
            <div className="flow-grow">
              <SlotField path={[...digits, key]} label={texts.by[key] ?? `${texts.key} ${key}`} mayOpen />
            </div>
            {mayChange && (
              <Button
                size="xs"
                variant="default"
                aria-label={texts.removeThat(`${texts.key} ${key}`)}
                onClick={() => {
                  set([...digits, key], undefined);
                }}
              >
                ✕
              </Button>
            )}
          </Group>
        ))}
        {mayChange && (
          <Button
            size="compact-xs"
            variant="default"
            disabled={free === undefined}
            onClick={() => {
              if (free !== undefined) set([...digits, free], { do: 'hangup' });
            }}
          >
            {texts.addKey}
          </Button>
        )}
      </Stack>
    </Fieldset>
  );
}

/** The key itself; it becomes another one when somebody is done typing. */
function KeyName({ digits, name }: { digits: Path; name: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { document, change } = useEditing();
  const [typed, setTyped] = useState(name);
  const rename = (): void => {
    const isTaken = namesAt(document, digits).includes(typed);
    if (typed === '' || (isTaken && typed !== name)) setTyped(name);
    else if (typed !== name) change(withRenamed(document, [...digits, name], typed));
  };
  return (
    <TextInput
      size="xs"
      w="4rem"
      dir="ltr"
      label={texts.key}
      title={texts.keyHint}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value.trim());
      }}
      onBlur={rename}
      onKeyDown={({ key }) => {
        if (key === 'Enter') rename();
      }}
    />
  );
}

/** The name of a menu or of hours; all that speaks of it is changed along with it. */
export function NameField({ member, name }: { member: 'menus' | 'hours'; name: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { document, rename, problems } = useEditing();
  const [typed, setTyped] = useState(name);
  const done = (): void => {
    const isTaken = typed !== name && namesAt(document, [member]).includes(typed);
    if (typed === '' || isTaken) setTyped(name);
    else if (typed !== name) rename(member, { from: name, to: typed });
  };
  const fault = problems.find((problem) => problem.path === `${member}.${name}`)?.message;
  return (
    <TextInput
      size="xs"
      dir="ltr"
      label={texts.name}
      error={fault === undefined ? undefined : <bdi>{fault}</bdi>}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value.trim());
      }}
      onBlur={done}
      onKeyDown={({ key }) => {
        if (key === 'Enter') done();
      }}
    />
  );
}
