import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage, useOwnTexts } from '../texts/language';
import { freeName, withHours, withMenu } from './change-flow';
import { useEditing } from './editing';
import { TextAt } from './fields';
import { valueAt, type FlowDocument, type Path } from './flow-document';
import { START } from './flow-graph';
import { kindOf } from './flow-steps';
import { HoursForm } from './hours-form';
import { MenuForm } from './menu-form';
import { StepForm } from './step-form';
import { own, type IvrTexts } from './texts';

interface ItemPanelProps {
  name: string;
  rename: (name: string) => void;
}

/** The form of what is chosen, with what is wrong in it. */
export function ItemPanel({ name, rename }: ItemPanelProps): ReactNode {
  const texts = useOwnTexts(own);
  const { document, item, mayChange } = useEditing();
  const path: Path = item === START ? [] : item.split('.');
  return (
    <Stack gap="sm" component="section" aria-label={titleAt(item, texts, document)}>
      <Title order={2} size="h4">
        <bdi>{titleAt(item, texts, document)}</bdi>
      </Title>
      <fieldset disabled={!mayChange} className="flow-fields">
        <Form item={item} path={path} name={name} rename={rename} />
      </fieldset>
      <Faults path={path} />
    </Stack>
  );
}

function Form({ item, path, name, rename }: ItemPanelProps & { item: string; path: Path }): ReactNode {
  const { document } = useEditing();
  const [member = '', named = ''] = path;
  if (item === START) return <StartForm name={name} rename={rename} />;
  if (path.length === 2 && (member === 'menus' || member === 'hours')) {
    if (valueAt(document, path) === undefined) return <MakeIt member={member} named={named} />;
    return member === 'menus' ? <MenuForm name={named} /> : <HoursForm name={named} />;
  }
  return <StepForm path={path} key={item} />;
}

function StartForm({ name, rename }: ItemPanelProps): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <Stack gap="xs">
      <TextInput
        size="xs"
        label={texts.name}
        dir="auto"
        maxLength={100}
        value={name}
        onChange={({ currentTarget }) => {
          rename(currentTarget.value);
        }}
      />
      <Text size="sm" c="dimmed">
        {texts.startAbout}
      </Text>
      <StepForm path={['start']} />
      <TextAt path={['language']} label={texts.fields['language'] ?? ''} hint="he, en …" />
      <TextAt path={['callerName']} label={texts.fields['callerName'] ?? ''} />
    </Stack>
  );
}

/** Something that is spoken of and is not there. */
function MakeIt({ member, named }: { member: 'menus' | 'hours'; named: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { document, change } = useEditing();
  return (
    <Button
      size="xs"
      onClick={() => {
        change(member === 'menus' ? withMenu(document, named) : withHours(document, named));
      }}
    >
      {member === 'menus' ? texts.addMenu : texts.addHours}
    </Button>
  );
}

/** All that is wrong inside of what is chosen; of the whole flow where nothing is. */
function Faults({ path }: { path: Path }): ReactNode {
  const texts = useOwnTexts(own);
  const { problems, choose } = useEditing();
  const { language } = useLanguage();
  const at = path.join('.');
  const mine = problems.filter(
    (problem) => at === '' || problem.path === at || problem.path.startsWith(`${at}.`),
  );
  if (mine.length === 0) return null;
  return (
    <section aria-live="polite">
      <Title order={3} size="h5">
        {texts.allProblems} ({mine.length.toLocaleString(language)})
      </Title>
      <ul className="flow-faults">
        {mine.map(({ path: where, message }) => (
          <li key={`${where} ${message}`}>
            <button
              type="button"
              onClick={() => {
                choose(itemOf(where));
              }}
            >
              <bdi>{where}</bdi>: <bdi>{message}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is to be chosen to mend a problem at this path. */
export function itemOf(path: string): string {
  const [member = '', name = '', ...rest] = path.split('.');
  if (member !== 'menus' && member !== 'hours') return START;
  const [what = '', key = '', ...ways] = rest;
  if (member === 'hours' || what !== 'digits' || key === '') return `${member}.${name}`;
  const steps = ways.filter((way) => ['ifFailed', 'afterwards', 'then', 'open', 'closed'].includes(way));
  return [member, name, what, key, ...steps].join('.');
}

function titleAt(item: string, texts: IvrTexts, document: FlowDocument): string {
  if (item === START) return texts.start;
  const path = item.split('.');
  const [member, name = ''] = path;
  if (path.length === 2 && member === 'menus') return texts.menuNamed(name);
  if (path.length === 2 && member === 'hours') return `${texts.hours}: ${name}`;
  const kind = kindOf(valueAt(document, path));
  return kind === undefined ? texts.noStep : texts.kinds[kind];
}

/** Adds a menu or hours, and opens it. */
export function AddButtons(): ReactNode {
  const texts = useOwnTexts(own);
  const { document, change, choose, mayChange } = useEditing();
  if (!mayChange) return null;
  return (
    <Group gap="xs">
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          const name = freeName(document, 'menus', 'menu');
          change(withMenu(document, name));
          choose(`menus.${name}`);
        }}
      >
        {texts.addMenu}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          const name = freeName(document, 'hours', 'office');
          change(withHours(document, name));
          choose(`hours.${name}`);
        }}
      >
        {texts.addHours}
      </Button>
    </Group>
  );
}
