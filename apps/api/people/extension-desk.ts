import type { AgentId, Actor, ConnectionId, TenantId } from '#domain';
import type { ExtensionFields, ExtensionRecord, ExtensionRepository } from '#db';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk, type PageQueryDto } from '../http/page.dto.js';
import { timeText } from '../http/time-text.js';
import type {
  ExtensionDto,
  ExtensionListDto,
  ExtensionPageDto,
  ExtensionPutDto,
  ExtensionRowDto,
  ExtensionsReplacedDto,
} from './extension.dto.js';

/** The phones of a connection, and whose they are. */
export class ExtensionDesk {
  constructor(private readonly extensions: ExtensionRepository) {}

  async list(tenant: TenantId, connection: ConnectionId, query: PageQueryDto): Promise<ExtensionPageDto> {
    return pageAnswer(await this.extensions.list(tenant, connection, pageAsk(query)), extensionView);
  }

  async get(tenant: TenantId, connection: ConnectionId, number: string): Promise<ExtensionDto> {
    return extensionView(found(await this.extensions.get(tenant, connection, number), 'extension'));
  }

  async put(
    tenant: TenantId,
    connection: ConnectionId,
    row: ExtensionRowDto,
    by: Actor,
  ): Promise<ExtensionDto> {
    return extensionView(await this.extensions.put(tenant, connection, fieldsOf(row.number, row), by));
  }

  replace(
    tenant: TenantId,
    connection: ConnectionId,
    { data }: ExtensionListDto,
    by: Actor,
  ): Promise<ExtensionsReplacedDto> {
    const all = data.map((row) => fieldsOf(row.number, row));
    return this.extensions.replace(tenant, connection, all, by);
  }

  async remove(tenant: TenantId, connection: ConnectionId, number: string, by: Actor): Promise<void> {
    await this.extensions.remove(tenant, connection, number, by);
  }
}

/** What is left out is empty: a PUT says all there is. */
function fieldsOf(
  number: string,
  { aliases = [], agentId = null, label = null, callerId = null }: ExtensionPutDto,
): ExtensionFields {
  return { number, aliases, agentId: (agentId?.toLowerCase() ?? null) as AgentId | null, label, callerId };
}

function extensionView({ createdAt, updatedAt, ...extension }: ExtensionRecord): ExtensionDto {
  return { ...extension, createdAt: timeText(createdAt), updatedAt: timeText(updatedAt) };
}
