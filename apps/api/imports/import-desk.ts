import { faultOfColumns, readColumn, type Actor, type ImportId, type TenantId } from '#domain';
import type { ImportRecord, ImportRepository, ImportSettings, ImportState } from '#db';
import { csvLine } from '#platform';
import type { Ringer } from '#queues';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type {
  ImportDetailDto,
  ImportDto,
  ImportPageDto,
  ImportQueryDto,
  StartImportDto,
  UploadQueryDto,
} from './import.dto.js';
import { csvOfVCards } from './csv-of-vcards.js';
import { lookAtFile, sampleOf, type FileAsk } from './look-at-file.js';
import { piecesOf } from './pieces-of.js';
import { ToUtf8, isCharset } from './to-utf8.js';

/** A million contacts take about a tenth of this. */
const MOST_BYTES = 1024 * 1024 * 1024;
const FAULTS_AT_ONCE = 1_000;
/** In which somebody looks at the first rows. Whoever watches an import asks often, and wants its counts. */
const MAY_START: ReadonlySet<ImportState> = new Set(['waiting', 'checked']);

/** The table that is made of cards. */
const CARDS = { delimiter: ',', hasHeader: true } as const;

export interface UploadedFile {
  body: AsyncIterable<Uint8Array>;
  /** An address book, and not a table. */
  isCards: boolean;
}

export interface ImportDeskParts {
  imports: ImportRepository;
  ringer: Pick<Ringer, 'ring'>;
}

/** Files of contacts: taken in, looked at, started, watched, cancelled, undone. */
export class ImportDesk {
  constructor(private readonly parts: ImportDeskParts) {}

  /** Keeps a file as it comes, never all of it in memory, and says what it seems to be. */
  async upload(
    tenant: TenantId,
    query: UploadQueryDto,
    { body, isCards }: UploadedFile,
    by: Actor,
  ): Promise<ImportDetailDto> {
    const { charset, fileName = null } = query;
    if (charset !== undefined && !isCharset(charset)) throw unknownCharset();
    const ask = isCards ? { ...askOf(query), ...CARDS } : askOf(query);
    const toUtf8 = new ToUtf8(charset, ask.country);
    const { imports } = this.parts;
    const nothing = new Uint8Array();
    const settings = lookAtFile(nothing, ask);
    const { id } = await imports.begin(tenant, { fileName, charset: toUtf8.charset, settings }, by);
    try {
      let start: Uint8Array = nothing;
      let bytes = 0;
      const pieces = piecesOf(body, toUtf8, MOST_BYTES);
      for await (const piece of isCards ? csvOfVCards(pieces) : pieces) {
        if (bytes === 0) start = piece;
        await imports.addChunk(tenant, id, { at: bytes, bytes: piece });
        bytes += piece.length;
      }
      if (bytes === 0) throw emptyFile('The file is empty.');
      const file = { bytes, charset: toUtf8.charset, settings: lookAtFile(start, ask) };
      if (isCards && sampleOf(start, file.settings).length === 0) throw emptyFile('The file holds no vCard.');
      const kept = await imports.uploaded(tenant, id, file, by);
      return { ...importView(kept), sample: sampleOf(start, kept.settings) };
    } catch (error) {
      await imports.discard(tenant, id);
      throw error;
    }
  }

  async list(tenant: TenantId, query: ImportQueryDto): Promise<ImportPageDto> {
    const page = await this.parts.imports.list(tenant, { state: query.state }, pageAsk(query));
    return pageAnswer(page, importView);
  }

  async get(tenant: TenantId, id: ImportId): Promise<ImportDetailDto> {
    const { imports } = this.parts;
    const record = found(await imports.get(tenant, id), 'import');
    const start = MAY_START.has(record.state) ? await imports.startOfFile(tenant, id) : new Uint8Array();
    return { ...importView(record), sample: sampleOf(start, record.settings) };
  }

  async start(tenant: TenantId, id: ImportId, order: StartImportDto, by: Actor): Promise<ImportDto> {
    const { imports, ringer } = this.parts;
    const { settings } = found(await imports.get(tenant, id), 'import');
    const start = await imports.startOfFile(tenant, id);
    const wanted = startedWith(settings, order, start);
    const record = await imports.start(tenant, id, { settings: wanted, dryRun: order.dryRun ?? false }, by);
    ringer.ring('import', [id]);
    return importView(record);
  }

  async cancel(tenant: TenantId, id: ImportId, by: Actor): Promise<ImportDto> {
    return importView(await this.parts.imports.cancel(tenant, id, by));
  }

  async undo(tenant: TenantId, id: ImportId, by: Actor): Promise<ImportDto> {
    const record = await this.parts.imports.undo(tenant, id, by);
    this.parts.ringer.ring('import', [id]);
    return importView(record);
  }

  /** What was wrong with its rows, as a file: each with the row as it came, so that it can be mended and sent again. */
  async faults(tenant: TenantId, id: ImportId): Promise<AsyncIterable<string>> {
    const { settings } = found(await this.parts.imports.get(tenant, id), 'import');
    return this.faultLines(tenant, id, settings);
  }

  private async *faultLines(
    tenant: TenantId,
    id: ImportId,
    { header }: ImportSettings,
  ): AsyncGenerator<string> {
    yield csvLine(['line', 'imported', 'column', 'code', 'message', ...header]);
    let after: { line: number; place: number } | null = null;
    for (;;) {
      const faults = await this.parts.imports.faults(tenant, id, { after, most: FAULTS_AT_ONCE });
      if (faults.length === 0) return;
      yield faults
        .map(({ line, imported, column, code, message, fields }) =>
          csvLine([line, String(imported), column, code, message, ...fields]),
        )
        .join('');
      const { line, place } = faults.at(-1) as (typeof faults)[number];
      after = { line, place };
    }
  }
}

/** A file that is read in another way has other columns: they are looked at anew, unless they are said. */
function startedWith(settings: ImportSettings, order: StartImportDto, start: Uint8Array): ImportSettings {
  const { columns, delimiter, hasHeader, country } = order;
  const ask = {
    delimiter: delimiter ?? settings.delimiter,
    hasHeader: hasHeader ?? settings.hasHeader,
    country: country?.toUpperCase() ?? settings.country ?? undefined,
  };
  const isSame = ask.delimiter === settings.delimiter && ask.hasHeader === settings.hasHeader;
  const read = isSame ? settings : lookAtFile(start, ask);
  const wanted = { ...read, country: ask.country ?? null, columns: columns ?? read.columns };
  const fault = faultOfColumns(wanted.columns.map((text) => readColumn(text) ?? { is: 'nothing' }));
  if (fault !== undefined) throw invalidRequest([{ field: 'columns', message: fault }]);
  return wanted;
}

function askOf({ delimiter, hasHeader, country }: UploadQueryDto): FileAsk {
  return { delimiter, hasHeader, country: country?.toUpperCase() };
}

function emptyFile(message: string) {
  return invalidRequest([{ field: '', message }]);
}

function unknownCharset() {
  const message = 'charset must be one that the Encoding Standard knows, such as utf-8 or windows-1255';
  return invalidRequest([{ field: 'charset', message }]);
}

function importView(record: ImportRecord): ImportDto {
  const { id, state, fileName, charset, bytes, settings, dryRun, handledBytes, counts, reason } = record;
  const { delimiter, hasHeader, header, columns, country } = settings;
  return {
    id,
    state,
    fileName,
    charset,
    ...{ delimiter, hasHeader, header, columns, country },
    dryRun,
    bytes,
    handledBytes,
    ...counts,
    undone: record.undone,
    undoRefused: record.undoRefused,
    reason,
    createdBy: record.createdBy,
    createdAt: timeText(record.createdAt),
    updatedAt: timeText(record.updatedAt),
    finishedAt: timeTextOrNull(record.finishedAt),
  };
}
