import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useSession } from '../app/session';
import { useOwnTexts } from '../texts/language';
import { keyOfViews, readViews, savedAs, withSaved, type SavedView } from './saved-views';
import { own } from './texts';

export interface ViewsMenuProps {
  /** Of which list. */
  list: string;
  /** Set now. */
  filters: object;
  /** Called with the filters of the view that was chosen. */
  choose: (filters: Readonly<Record<string, unknown>>) => void;
}

/** Somebody's own names for filters, in this browser. */
export function ViewsPopover({ list, filters, choose }: ViewsMenuProps): ReactNode {
  const texts = useOwnTexts(own);
  const [opened, setOpened] = useState(true);
  const { views, change } = useViews(list);
  const now = savedAs(views, filters);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          aria-haspopup="dialog"
          onClick={() => {
            setOpened(!opened);
          }}
        >
          <bdi>{now?.name ?? texts.mine}</bdi>&nbsp;▾
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.mine} maw={320}>
        <Stack gap="xs">
          {views.length === 0 && <Text size="sm">{texts.noneSaved}</Text>}
          {views.map((view) => (
            <Group key={view.name} gap="xs" wrap="nowrap" justify="space-between">
              <Button
                size="compact-sm"
                variant="subtle"
                aria-current={view === now}
                onClick={() => {
                  choose(view.filters);
                  setOpened(false);
                }}
              >
                <bdi>{view.name}</bdi>
              </Button>
              <ActionIcon
                size="sm"
                variant="default"
                aria-label={texts.forget(view.name)}
                onClick={() => {
                  change(views.filter(({ name }) => name !== view.name));
                }}
              >
                ×
              </ActionIcon>
            </Group>
          ))}
          {Object.keys(filters).length > 0 && now === undefined && (
            <NewView
              save={(name) => {
                change(withSaved(views, { name, filters: filters as SavedView['filters'] }));
              }}
            />
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function NewView({ save }: { save: (name: string) => void }): ReactNode {
  const texts = useOwnTexts(own);
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') save(name.trim());
      }}
    >
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          size="xs"
          label={texts.viewName}
          value={name}
          maxLength={40}
          dir="auto"
          onChange={({ currentTarget }) => {
            setName(currentTarget.value);
          }}
        />
        <Button size="xs" type="submit">
          {texts.save}
        </Button>
      </Group>
    </form>
  );
}

function useViews(list: string): {
  views: readonly SavedView[];
  change: (views: readonly SavedView[]) => void;
} {
  const person = useSession()?.user.id ?? '';
  const key = keyOfViews(list, person);
  const [text, setText] = useState(() => localStorage.getItem(key));
  return {
    views: readViews(text),
    change: (views) => {
      const next = JSON.stringify(views);
      localStorage.setItem(key, next);
      setText(next);
    },
  };
}
