import { Button, FileButton, Group, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type DragEvent, type ReactNode } from 'react';
import { ProblemNotice } from '../app/problem-notice';
import { useLanguage, useOwnTexts, useTexts } from '../texts/language';
import './import.css';
import type { ImportKind, UploadAsk } from './import-kind';
import { own } from './texts';

interface ChooseFileProps {
  kind: ImportKind;
  /** The country that its numbers are most likely of. */
  likely: string | undefined;
  sent: (file: File, importId: string) => void;
}

/** Takes a file, by a dialog or dropped, and sends it; what the server finds in it is looked at before anything is imported. */
export function ChooseFile({ kind, likely, sent }: ChooseFileProps): ReactNode {
  const texts = useOwnTexts(own);
  const [typed, setCountry] = useState<string>();
  const country = typed ?? likely ?? '';
  const [isOver, setOver] = useState(false);
  const { send, progress, isSending, stop, error } = useSending(kind, sent);
  const take = (file: File | null | undefined): void => {
    if (file != null) send(file, { country: country.trim().toUpperCase() || undefined });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  if (isSending) return <Sending part={progress} stop={stop} />;
  return (
    <Stack gap="sm">
      <TextInput
        size="xs"
        w="min(20rem, 100%)"
        label={texts.country}
        description={texts.countryHint}
        maxLength={2}
        dir="ltr"
        value={country}
        onChange={({ currentTarget }) => {
          setCountry(currentTarget.value);
        }}
      />
      <div
        className="drop"
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => {
          setOver(false);
        }}
        onDrop={drop}
      >
        <Stack align="center" gap="xs">
          <Text>{texts.drop}</Text>
          <FileButton onChange={take} accept=".csv,.tsv,.txt,.vcf,text/csv,text/vcard,text/plain">
            {(props) => <Button {...props}>{texts.choose}</Button>}
          </FileButton>
          <Text size="sm" c="dimmed">
            {texts.chooseAbout}
          </Text>
        </Stack>
      </div>
      {error !== null && <ProblemNotice error={error} />}
    </Stack>
  );
}

function Sending({ part, stop }: { part: number; stop: () => void }): ReactNode {
  const texts = useOwnTexts(own);
  const { actions } = useTexts();
  const { language } = useLanguage();
  const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(part);
  return (
    <Group role="status">
      <Text>{texts.sending(percent)}</Text>
      <Progress value={part * 100} flex={1} miw="8rem" aria-label={texts.progress} />
      <Button size="xs" variant="default" onClick={stop}>
        {actions.cancel}
      </Button>
    </Group>
  );
}

interface Sender {
  send: (file: File, how: Partial<UploadAsk>) => void;
  /** From 0 to 1. */
  progress: number;
  isSending: boolean;
  stop: () => void;
  error: Error | null;
}

export function useSending(kind: ImportKind, sent: (file: File, importId: string) => void): Sender {
  const [progress, setProgress] = useState(0);
  const [control, setControl] = useState<AbortController>();
  const sending = useMutation({
    mutationFn: ({ file, how, signal }: { file: File; how: Partial<UploadAsk>; signal: AbortSignal }) =>
      kind.upload({ file, query: { ...how, fileName: file.name }, progress: setProgress, signal }),
    onSuccess: (importId, { file }) => {
      sent(file, importId);
    },
  });
  return {
    send: (file, how) => {
      const control = new AbortController();
      setControl(control);
      setProgress(0);
      sending.mutate({ file, how, signal: control.signal });
    },
    progress,
    isSending: sending.isPending,
    stop: () => control?.abort(),
    error: sending.error?.name === 'AbortError' ? null : sending.error,
  };
}
