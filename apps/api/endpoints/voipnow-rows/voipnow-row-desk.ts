import { isDeepStrictEqual } from 'node:util';
import { AppError, type EndpointId, type TenantId } from '#domain';
import type { EndpointChange, EndpointRecord, EndpointRepository } from '#db';
import {
  EVENT_NAMES,
  EVERY_EXTENSION,
  addRow,
  clearSelected,
  listRows,
  problemsWithRow,
  reachedUrls,
  setActive,
  tableIn,
  updateRow,
  withTable,
  type CallEventRow,
  type CallEventTable,
  type TableChange,
} from '#formats';
import { checkTargetUrl, type SecretBox, type TargetPolicy } from '#platform';
import type { Caller } from '../../access/caller.js';
import { allows } from '../../access/scopes.js';
import { found } from '../../http/found.js';
import { invalidRequest } from '../../http/validation.pipe.js';
import { mayGoToIn } from '../may-go-to.js';
import { MOST_SETTINGS_BYTES } from '../endpoint.dto.js';
import { toldOfRow, toldOfRows } from './told-of-rows.js';
import type {
  NewVoipnowRowDto,
  RowsClearedDto,
  SelectedRowsDto,
  VoipnowRowDto,
  VoipnowRowPatchDto,
  VoipnowRowQueryDto,
  VoipnowRowsDto,
} from './voipnow-row.dto.js';

export interface VoipnowRowDeskParts {
  endpoints: Pick<EndpointRepository, 'get' | 'patch'>;
  box: Pick<SecretBox, 'open'>;
  targets: TargetPolicy;
}

/** An endpoint, and who changes its table. */
interface Order {
  tenant: TenantId;
  id: EndpointId;
  caller: Pick<Caller, 'actor' | 'scopes'>;
}

/** A table after a step, and how the audit tells the step; null where it changes nothing. */
type Step = (
  table: CallEventTable,
) => { after: CallEventTable; told: NonNullable<EndpointChange['told']> } | null;

/**
 * The rows of an endpoint of the format voipnow, one by one (seed 002). Two people may work on one table: each step is made
 * on what the step before has left.
 */
export class VoipnowRowDesk {
  constructor(private readonly parts: VoipnowRowDeskParts) {}

  /** @throws AppError `resource.not_found`, `endpoint.other_format`; so do all of these */
  async list(tenant: TenantId, id: EndpointId, query: VoipnowRowQueryDto): Promise<VoipnowRowsDto> {
    return rowsView(listRows(await this.table(tenant, id), query));
  }

  async get(tenant: TenantId, id: EndpointId, eventId: number): Promise<VoipnowRowDto> {
    return rowView(rowOf(await this.table(tenant, id), eventId));
  }

  /** @throws AppError `request.invalid`, `voipnow.table_full`, `endpoint.access_set` 403 */
  async add(order: Order, draft: NewVoipnowRowDto): Promise<VoipnowRowDto> {
    const { extension = EVERY_EXTENSION, kind, url, ...more } = draft;
    let eventId = 0;
    const after = await this.step(order, (table) => {
      eventId = table.nextEventId;
      const added = changed(addRow(table, { extension, kind, url, ...more }));
      this.check(added, eventId, url);
      return { after: added, told: toldOfRow('added', undefined, rowOf(added, eventId)) };
    });
    return rowView(rowOf(after, eventId));
  }

  /** @throws AppError `request.invalid`, `endpoint.access_set` 403 */
  async change(order: Order, eventId: number, patch: VoipnowRowPatchDto): Promise<VoipnowRowDto> {
    const after = await this.step(order, (table) => {
      const before = rowOf(table, eventId);
      const next = changed(updateRow(table, eventId, patch));
      this.check(next, eventId, patch.url);
      const row = rowOf(next, eventId);
      return isDeepStrictEqual(before, row) ? null : { after: next, told: toldOfRow('changed', before, row) };
    });
    return rowView(rowOf(after, eventId));
  }

  async remove(order: Order, eventId: number): Promise<void> {
    await this.step(order, (table) => ({
      told: toldOfRow('removed', rowOf(table, eventId), undefined),
      after: clearSelected(table, [eventId]),
    }));
  }

  /** The click on the status icon, for all that were selected. @throws AppError `endpoint.access_set` 403 */
  async setActive(order: Order, { eventIds }: SelectedRowsDto, active: boolean): Promise<VoipnowRowsDto> {
    const after = await this.step(order, (table) => {
      const wanted = selected(table, eventIds).filter((row) => row.active !== active);
      if (wanted.length === 0) return null;
      const turned = wanted.reduce((now, { eventId }) => changed(setActive(now, eventId, active)), table);
      return { after: turned, told: toldOfRows(active ? 'enabled' : 'disabled', wanted) };
    });
    return rowsView(selected(after, eventIds));
  }

  /** "Clear selected". */
  async clear(order: Order, { eventIds }: SelectedRowsDto): Promise<RowsClearedDto> {
    let cleared: CallEventRow[] = [];
    await this.step(order, (table) => {
      cleared = selected(table, eventIds);
      if (cleared.length === 0) return null;
      return { after: clearSelected(table, eventIds), told: toldOfRows('cleared', cleared) };
    });
    return { cleared: cleared.map(({ eventId }) => eventId) };
  }

  private async table(tenant: TenantId, id: EndpointId): Promise<CallEventTable> {
    return tableOf(found(await this.parts.endpoints.get(tenant, id), 'endpoint'));
  }

  private async step({ tenant, id, caller }: Order, step: Step): Promise<CallEventTable> {
    const decide = (endpoint: EndpointRecord): EndpointChange | null => {
      const before = tableOf(endpoint);
      const made = step(before);
      if (made === null) return null;
      const { after, told } = made;
      const formatSettings = withTable(endpoint.formatSettings, after);
      if (after.rows.length > before.rows.length) assertRoom(formatSettings);
      const known = reachedUrls(before);
      const leadsElsewhere = [...reachedUrls(after)].some((url) => !known.has(url));
      return { fields: { formatSettings }, leadsElsewhere, told };
    };
    const mayGoTo = mayGoToIn(this.parts.box, id);
    const by = { by: caller.actor, maySendAccess: allows(caller.scopes, 'admin'), mayGoTo };
    return tableOf(await this.parts.endpoints.patch(tenant, id, decide, by));
  }

  /** The rules of the settings, and for a new address those of the SSRF guard, told of the members of the row as it was sent. */
  private check(table: CallEventTable, eventId: number, url: string | undefined): void {
    const problems = problemsWithRow(table, eventId);
    const errors = problems.map(({ path, message }) => ({ field: path, message }));
    if (errors.length > 0) throw invalidRequest(errors);
    if (url === undefined) return;
    const verdict = checkTargetUrl(url, this.parts.targets);
    if (!verdict.ok) throw invalidRequest([{ field: 'url', message: verdict.reason }]);
  }
}

function tableOf({ format, formatSettings }: EndpointRecord): CallEventTable {
  const table = format === 'voipnow' ? tableIn(formatSettings) : undefined;
  if (table !== undefined) return table;
  const message =
    format === 'voipnow'
      ? 'The settings of this endpoint cannot be read: set them anew.'
      : `The format of this endpoint is ${format}; only voipnow has a table of call events.`;
  throw new AppError('conflict', 'endpoint.other_format', message);
}

function rowOf({ rows }: CallEventTable, eventId: number): CallEventRow {
  return found(
    rows.find((row) => row.eventId === eventId),
    'row',
  );
}

function selected(table: CallEventTable, eventIds: readonly number[]): CallEventRow[] {
  return listRows(table).filter(({ eventId }) => eventIds.includes(eventId));
}

function changed(change: TableChange): CallEventTable {
  if (change.ok) return change.table;
  throw tableFull();
}

function assertRoom(formatSettings: Record<string, unknown>): void {
  if (Buffer.byteLength(JSON.stringify(formatSettings)) > MOST_SETTINGS_BYTES) throw tableFull();
}

function tableFull(): AppError {
  return new AppError('conflict', 'voipnow.table_full', 'The table is full: clear rows that are not needed.');
}

function rowView(row: CallEventRow): VoipnowRowDto {
  return { ...row, event: EVENT_NAMES[row.kind] };
}

function rowsView(rows: readonly CallEventRow[]): VoipnowRowsDto {
  return { data: rows.map(rowView) };
}
