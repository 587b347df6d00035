import { Alert, Button, Code, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import type { IvrFlowDto } from '../api/operations';
import { useOwnTexts } from '../texts/language';
import { pathText, withValue, type FlowDocument, type Json, type Path } from './flow-document';
import { mergeDocuments } from './merge-documents';
import { own } from './texts';
import { documentOf } from './use-flow-draft';

interface FlowConflictProps {
  base: IvrFlowDto;
  theirs: IvrFlowDto;
  mine: FlowDocument;
  goOn: (document: FlowDocument) => void;
}

/** Somebody saved the flow meanwhile: both changes are put together, and whoever is here says whose counts where they meet. */
export function FlowConflict({ base, theirs, mine, goOn }: FlowConflictProps): ReactNode {
  const texts = useOwnTexts(own);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const merge = useMemo(
    () => mergeDocuments({ base: documentOf(base), mine, theirs: documentOf(theirs) }),
    [base, mine, theirs],
  );
  const put = (): void => {
    const chosen = merge.conflicts.filter(({ path }) => taken.has(pathText(path)));
    goOn(
      chosen.reduce((document, { path, theirs: value }) => withValue(document, path, value), merge.merged),
    );
  };
  return (
    <Alert color="yellow" variant="outline" role="alert" title={texts.conflictTitle}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{texts.conflictTheirs}:</Text>
        <ul className="flow-changes">
          {merge.theirs.map((path) => (
            <li key={pathText(path)}>
              <Code dir="ltr">{pathText(path)}</Code>
            </li>
          ))}
        </ul>
        {merge.conflicts.length > 0 && <Text size="sm">{texts.conflictBoth}</Text>}
        {merge.conflicts.map((conflict) => (
          <Meeting
            key={pathText(conflict.path)}
            {...conflict}
            isTheirs={taken.has(pathText(conflict.path))}
            take={(is) => {
              const next = new Set(taken);
              if (is) next.add(pathText(conflict.path));
              else next.delete(pathText(conflict.path));
              setTaken(next);
            }}
          />
        ))}
        <Group gap="xs">
          <Button size="xs" onClick={put}>
            {texts.merge}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              goOn(documentOf(theirs));
            }}
          >
            {texts.takeTheirs}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

interface MeetingProps {
  path: Path;
  mine: Json | undefined;
  theirs: Json | undefined;
  isTheirs: boolean;
  take: (isTheirs: boolean) => void;
}

function Meeting({ path, mine, theirs, isTheirs, take }: MeetingProps): ReactNode {
  const texts = useOwnTexts(own);
  const shown = (value: Json | undefined): string =>
    value === undefined ? texts.nothing : JSON.stringify(value);
  return (
    <Stack gap={2}>
      <Code dir="ltr">{pathText(path)}</Code>
      <SegmentedControl
        size="xs"
        aria-label={pathText(path)}
        data={[
          { value: 'mine', label: `${texts.mine}: ${shown(mine)}` },
          { value: 'theirs', label: `${texts.theirs}: ${shown(theirs)}` },
        ]}
        value={isTheirs ? 'theirs' : 'mine'}
        onChange={(value) => {
          take(value === 'theirs');
        }}
      />
    </Stack>
  );
}
