import type { Actor, CampaignId, ImportId, TenantId } from '#domain';
import type { ImportRecord, ImportRepository, ImportSettings, ImportState } from '#db';
import { csvLine } from '#platform';
import type { Ringer } from '#queues';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type { ImportQueryDto, UploadQueryDto } from './import.dto.js';
import type { FileKind } from './file-kind.js';
import type { StartAsk } from './start-ask.js';
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

export interface ImportDeskParts<View> {
  imports: ImportRepository;
  ringer: Pick<Ringer, 'ring'>;
  kind: FileKind<View>;
}

/** Whose files: a tenant's contacts, or the leads of a campaign. */
export interface Whose {
  tenant: TenantId;
  campaignId: CampaignId | null;
}

type Detail<View> = View & { sample: string[][] };

/** Files of contacts or leads: taken in, looked at, started, watched, cancelled, undone. */
export class ImportDesk<View extends object> {
  constructor(private readonly parts: ImportDeskParts<View>) {}

  /** Keeps a file as it comes, never all of it in memory, and says what it seems to be. */
  async upload(
    { tenant, campaignId }: Whose,
    query: UploadQueryDto,
    { body, isCards }: UploadedFile,
    by: Actor,
  ): Promise<Detail<View>> {
    const { charset, fileName = null } = query;
    if (charset !== undefined && !isCharset(charset)) throw unknownCharset();
    const { imports, kind } = this.parts;
    const ask = { ...askOf(query), ...(isCards && CARDS), guess: kind.guess };
    const toUtf8 = new ToUtf8(charset, ask.country);
    const nothing = new Uint8Array();
    const settings = lookAtFile(nothing, ask);
    const draft = { fileName, charset: toUtf8.charset, settings, ...(campaignId && { campaignId }) };
    const { id } = await imports.begin(tenant, draft, by);
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
      return { ...kind.view(kept), sample: sampleOf(start, kept.settings) };
    } catch (error) {
      await imports.discard(tenant, id);
      throw error;
    }
  }

  async list(
    { tenant, campaignId }: Whose,
    query: ImportQueryDto,
  ): Promise<{ data: View[]; nextCursor: string | null }> {
    const page = await this.parts.imports.list(tenant, { state: query.state, campaignId }, pageAsk(query));
    return pageAnswer(page, this.parts.kind.view);
  }

  async get(whose: Whose, id: ImportId): Promise<Detail<View>> {
    const record = await this.find(whose, id);
    const { imports, kind } = this.parts;
    const start = MAY_START.has(record.state)
      ? await imports.startOfFile(whose.tenant, id)
      : new Uint8Array();
    return { ...kind.view(record), sample: sampleOf(start, record.settings) };
  }

  async start(whose: Whose, id: ImportId, order: StartAsk, by: Actor): Promise<View> {
    const { imports, ringer, kind } = this.parts;
    const { settings } = await this.find(whose, id);
    const start = await imports.startOfFile(whose.tenant, id);
    const wanted = startedWith(settings, order, start, kind);
    const how = { settings: wanted, dryRun: order.dryRun ?? false };
    const record = await imports.start(whose.tenant, id, how, by);
    ringer.ring('import', [id]);
    return kind.view(record);
  }

  async cancel(whose: Whose, id: ImportId, by: Actor): Promise<View> {
    await this.find(whose, id);
    return this.parts.kind.view(await this.parts.imports.cancel(whose.tenant, id, by));
  }

  async undo(whose: Whose, id: ImportId, by: Actor): Promise<View> {
    await this.find(whose, id);
    const record = await this.parts.imports.undo(whose.tenant, id, by);
    this.parts.ringer.ring('import', [id]);
    return this.parts.kind.view(record);
  }

  /** What was wrong with its rows, as a file: each with the row as it came, so that it can be mended and sent again. */
  async faults(whose: Whose, id: ImportId): Promise<AsyncIterable<string>> {
    const { settings } = await this.find(whose, id);
    return this.faultLines(whose.tenant, id, settings);
  }

  /** @throws AppError `resource.not_found` also for one of the other kind, and of another campaign */
  private async find({ tenant, campaignId }: Whose, id: ImportId): Promise<ImportRecord> {
    const record = await this.parts.imports.get(tenant, id);
    return found(record?.campaignId === campaignId ? record : undefined, 'import');
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
function startedWith(
  settings: ImportSettings,
  order: StartAsk,
  start: Uint8Array,
  kind: FileKind<unknown>,
): ImportSettings {
  const { columns, delimiter, hasHeader, country } = order;
  const ask = {
    delimiter: delimiter ?? settings.delimiter,
    hasHeader: hasHeader ?? settings.hasHeader,
    country: country?.toUpperCase() ?? settings.country ?? undefined,
    guess: kind.guess,
  };
  const isSame = ask.delimiter === settings.delimiter && ask.hasHeader === settings.hasHeader;
  const read = isSame ? settings : lookAtFile(start, ask);
  const wanted = { ...read, country: ask.country ?? null, columns: columns ?? read.columns };
  const fault = kind.fault(wanted.columns);
  if (fault !== undefined) throw invalidRequest([{ field: 'columns', message: fault }]);
  return { ...wanted, ...kind.settle(order, settings) };
}

function askOf({ delimiter, hasHeader, country }: UploadQueryDto): Omit<FileAsk, 'guess'> {
  return { delimiter, hasHeader, country: country?.toUpperCase() };
}

function emptyFile(message: string) {
  return invalidRequest([{ field: '', message }]);
}

function unknownCharset() {
  const message = 'charset must be one that the Encoding Standard knows, such as utf-8 or windows-1255';
  return invalidRequest([{ field: 'charset', message }]);
}
