import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { freeName, withMenu } from './change-flow';
import { faultAt, useEditing } from './editing';
import { FlagAt, PairsAt, RowsAt, TextAt, TextsAt, WholeAt, shown } from './fields';
import { namesAt, pathText, valueAt, withValue, type Path } from './flow-document';
import { STEP_KINDS, WAYS, kindOf, menuOfStep, newStep, type StepKind } from './flow-steps';
import { own } from './texts';

type Field = 'text' | 'whole' | 'flag' | 'texts';

/** Members of steps that are a field each, in the order of their form. */
const FIELDS: Readonly<Record<StepKind, Readonly<Record<string, Field>>>> = {
  menu: {},
  dial: { maxRingSeconds: 'whole', callerId: 'text', record: 'flag' },
  say: {},
  when: {},
  record: { recording: 'text', maxSeconds: 'whole' },
  layer: { layer: 'whole', recording: 'text', loops: 'whole', delaySeconds: 'whole' },
  hangup: { recording: 'text', cause: 'whole' },
  fallback: {},
};
/** Those that few people want. */
const MORE: Readonly<Partial<Record<StepKind, Readonly<Record<string, Field>>>>> = {
  dial: {
    maxCallSeconds: 'whole',
    callerRecording: 'text',
    targetRecording: 'text',
    musicClass: 'text',
    sendDigits: 'text',
    dialStrings: 'texts',
  },
};
const INPUTS = { text: TextAt, whole: WholeAt, flag: FlagAt, texts: TextsAt } as const;

/** All of a step: what it does, how, and where it leads. */
export function StepForm({ path }: { path: Path }): ReactNode {
  const texts = useOwnTexts(own);
  const { document } = useEditing();
  const step = valueAt(document, path);
  const kind = kindOf(step);
  return (
    <Stack gap="xs">
      <SlotField path={path} label={texts.does} />
      {kind !== undefined && (
        <>
          <Parts kind={kind} path={path} />
          {WAYS[kind].map((way) => (
            <SlotField key={way} path={[...path, way]} label={texts.by[way] ?? way} mayOpen />
          ))}
          <details>
            <summary>{texts.more}</summary>
            <Stack gap="xs" mt="xs">
              <FieldsOf of={MORE[kind] ?? {}} path={path} />
              {/* A name alone has no room for more: it is written out first. */}
              {typeof step === 'string' ? <WriteOut path={path} menu={step} /> : <Aside path={path} />}
            </Stack>
          </details>
        </>
      )}
    </Stack>
  );
}

function Parts({ kind, path }: { kind: StepKind; path: Path }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <>
      {kind === 'dial' && (
        <RowsAt
          path={[...path, 'targets']}
          legend={texts.targets}
          kind={{ member: 'type', words: texts.targetTypes }}
          textMember={() => 'target'}
          textLabel={texts.target}
          newRow={{ type: 'extension', target: '' }}
        />
      )}
      {kind === 'say' && <PromptsAt path={[...path, 'prompts']} legend={texts.prompts} />}
      {kind === 'when' && <HoursChoice path={[...path, 'when']} />}
      <FieldsOf of={FIELDS[kind]} path={path} />
    </>
  );
}

function FieldsOf({ of, path }: { of: Readonly<Record<string, Field>>; path: Path }): ReactNode {
  const texts = useOwnTexts(own);
  return Object.entries(of).map(([name, field]) => {
    const Input = INPUTS[field];
    return <Input key={name} path={[...path, name]} label={texts.fields[name] ?? name} />;
  });
}

export function PromptsAt({ path, legend }: { path: Path; legend: string }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <RowsAt
      path={path}
      legend={legend}
      kind={{ member: 'say', words: texts.says }}
      textMember={(say) => say}
      textLabel={texts.prompt}
      newRow={{ say: 'recording', recording: '' }}
    />
  );
}

function Aside({ path }: { path: Path }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <>
      <TextAt path={[...path, 'callerName']} label={texts.fields['callerName'] ?? ''} />
      <PairsAt
        path={[...path, 'remember']}
        legend={texts.remember}
        about={texts.rememberAbout}
        labels={[texts.rememberKey, texts.rememberValue]}
      />
    </>
  );
}

function WriteOut({ path, menu }: { path: Path; menu: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { set } = useEditing();
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => {
        set(path, { do: 'menu', menu, remember: {} });
      }}
    >
      {texts.remember}
    </Button>
  );
}

function HoursChoice({ path }: { path: Path }): ReactNode {
  const texts = useOwnTexts(own);
  const { document, set, choose, problems } = useEditing();
  const name = shown(valueAt(document, path));
  const fault = faultAt(problems, path);
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        size="xs"
        flex={1}
        label={texts.hours}
        error={fault === undefined ? undefined : <bdi>{fault}</bdi>}
        data={[...new Set([name, ...namesAt(document, ['hours'])])]}
        value={name}
        onChange={({ currentTarget }) => {
          set(path, currentTarget.value);
        }}
      />
      <Button
        size="xs"
        variant="default"
        disabled={name === ''}
        onClick={() => {
          choose(`hours.${name}`);
        }}
      >
        {texts.open}
      </Button>
    </Group>
  );
}

const NEW_MENU = '@new';

/** Where something leads: to a menu that there is, a new one, or a step of its own. */
export function SlotField({
  path,
  label,
  mayOpen,
}: {
  path: Path;
  label: string;
  mayOpen?: boolean;
}): ReactNode {
  const texts = useOwnTexts(own);
  const { document, set, change, choose, problems } = useEditing();
  const step = valueAt(document, path) ?? undefined;
  const menu = menuOfStep(step);
  const value = menu === undefined ? (kindOf(step) ?? '') : `@${menu}`;
  const names = namesAt(document, ['menus']);
  const exact = problems.find((problem) => problem.path === pathText(path))?.message;
  const lead = (to: string): void => {
    if (to === NEW_MENU) {
      const name = freeName(document, 'menus', 'menu');
      change(withValue(withMenu(document, name), path, name));
    } else if (to.startsWith('@')) set(path, to.slice(1));
    else set(path, to === '' ? undefined : newStep(to as StepKind, document));
  };
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        size="xs"
        flex={1}
        label={label}
        error={exact === undefined ? undefined : <bdi>{exact}</bdi>}
        value={value}
        onChange={({ currentTarget }) => {
          lead(currentTarget.value);
        }}
      >
        <option value="">{mayOpen === true ? texts.hangUp : texts.noStep}</option>
        {STEP_KINDS.filter((kind) => kind !== 'menu').map((kind) => (
          <option key={kind} value={kind}>
            {texts.kinds[kind]}
          </option>
        ))}
        {[...new Set([...names, ...(menu === undefined ? [] : [menu])])].map((name) => (
          <option key={name} value={`@${name}`}>
            {texts.menuNamed(name)}
          </option>
        ))}
        <option value={NEW_MENU}>{texts.newMenuTo}</option>
      </NativeSelect>
      {mayOpen === true && step !== undefined && (
        <Button
          size="xs"
          variant="default"
          aria-label={`${texts.open}: ${label}`}
          onClick={() => {
            choose(menu === undefined ? pathText(path) : `menus.${menu}`);
          }}
        >
          {texts.open}
        </Button>
      )}
    </Group>
  );
}
