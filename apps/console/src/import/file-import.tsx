import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Loaded } from '../page/loaded';
import { ChooseFile } from './choose-file';
import { EarlierImports } from './earlier-imports';
import type { ImportFacts, ImportKind } from './import-kind';
import { ImportCounts } from './import-counts';
import { MapColumns } from './map-columns';

/** Between two looks at an import that goes on. */
const LOOK_EVERY_MS = 1_000;
const GOES_ON: ReadonlySet<ImportFacts['state']> = new Set(['uploading', 'running', 'undoing']);
const CAN_START: ReadonlySet<ImportFacts['state']> = new Set(['waiting', 'checked']);

interface FileImportProps {
  kind: ImportKind;
  /** The import that is looked at, which is in the address: it can be left and taken up again. */
  importId: string | undefined;
  show: (importId: string | undefined) => void;
  /** ISO 3166-1 alpha-2: the country that its numbers are most likely of. */
  country: string | undefined;
  /** What more can be said of how it is imported; goes with `kind.start`. */
  children?: ReactNode;
}

/** Brings a file in: send it, say what its columns hold, try it, import it, and undo it if need be. */
export function FileImport({ kind, importId, show, country, children }: FileImportProps): ReactNode {
  const [file, setFile] = useState<File>();
  const sent = (chosen: File, id: string): void => {
    setFile(chosen);
    show(id);
  };
  return (
    <Stack gap="lg">
      {importId === undefined ? (
        <ChooseFile kind={kind} likely={country} sent={sent} />
      ) : (
        <OneImport kind={kind} importId={importId} file={file} sent={sent} show={show}>
          {children}
        </OneImport>
      )}
      <EarlierImports kind={kind} show={show} />
    </Stack>
  );
}

interface OneImportProps extends Omit<FileImportProps, 'country'> {
  importId: string;
  file: File | undefined;
  sent: (file: File, importId: string) => void;
}

function OneImport({ kind, importId, file, sent, show, children }: OneImportProps): ReactNode {
  const query = useQuery({
    queryKey: [...kind.key, importId],
    queryFn: ({ signal }) => kind.get(importId, signal),
    refetchInterval: ({ state }) =>
      state.data === undefined || GOES_ON.has(state.data.state) ? LOOK_EVERY_MS : false,
  });
  return (
    <Loaded query={query}>
      {(found) => (
        <Stack gap="md">
          <ImportCounts kind={kind} found={found} show={show} />
          {CAN_START.has(found.state) && (
            <MapColumns
              key={`${found.id} ${found.columns.join()}`}
              kind={kind}
              found={found}
              file={file}
              sent={sent}
            >
              {children}
            </MapColumns>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
