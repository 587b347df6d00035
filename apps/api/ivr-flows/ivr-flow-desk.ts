import { dryRunFlow, type Actor, type IvrFlow, type IvrFlowId, type TenantId } from '#domain';
import type { IvrFlowRecord, IvrFlowRepository } from '#db';
import { newId, type Clock } from '#platform';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk, type PageQueryDto } from '../http/page.dto.js';
import { readTime, timeText } from '../http/time-text.js';
import { checkedFlow } from './ivr-flow-reading.js';
import type {
  IvrDocumentDryRunDto,
  IvrDryRunAnswerDto,
  IvrDryRunDto,
  IvrFlowDto,
  IvrFlowPageDto,
  IvrFlowPatchDto,
  IvrLayoutDto,
  NewIvrFlowDto,
} from './ivr-flow.dto.js';

export interface IvrFlowDeskParts {
  flows: IvrFlowRepository;
  clock: Pick<Clock, 'now'>;
}

/** Menus that we keep for tenants, and trying them out. */
export class IvrFlowDesk {
  constructor(private readonly parts: IvrFlowDeskParts) {}

  async create(tenant: TenantId, { name, document }: NewIvrFlowDto, by: Actor): Promise<IvrFlowDto> {
    checkedFlow(document);
    return flowView(await this.parts.flows.create(tenant, { id: newId(), name, document }, by));
  }

  async list(tenant: TenantId, query: PageQueryDto): Promise<IvrFlowPageDto> {
    return pageAnswer(await this.parts.flows.list(tenant, pageAsk(query)), flowView);
  }

  async get(tenant: TenantId, id: IvrFlowId): Promise<IvrFlowDto> {
    return flowView(found(await this.parts.flows.get(tenant, id), 'IVR flow'));
  }

  async patch(
    tenant: TenantId,
    id: IvrFlowId,
    { version, ...patch }: IvrFlowPatchDto,
    by: Actor,
  ): Promise<IvrFlowDto> {
    if (patch.document !== undefined) checkedFlow(patch.document);
    return flowView(await this.parts.flows.patch(tenant, { id, version }, patch, by));
  }

  async arrange(tenant: TenantId, id: IvrFlowId, { layout }: IvrLayoutDto, by: Actor): Promise<void> {
    await this.parts.flows.arrange(tenant, id, layout, by);
  }

  async remove(tenant: TenantId, id: IvrFlowId, by: Actor): Promise<void> {
    await this.parts.flows.remove(tenant, id, by);
  }

  /** Keeps nothing. */
  dryRun({ document, ...call }: IvrDocumentDryRunDto): IvrDryRunAnswerDto {
    return this.walk(checkedFlow(document), call);
  }

  async dryRunOf(tenant: TenantId, id: IvrFlowId, call: IvrDryRunDto): Promise<IvrDryRunAnswerDto> {
    const { document } = found(await this.parts.flows.get(tenant, id), 'IVR flow');
    return this.walk(checkedFlow(document), call);
  }

  private walk(flow: IvrFlow, call: IvrDryRunDto): IvrDryRunAnswerDto {
    const { digits, did = '', from = '', asks = 'menu', timeZone = 'UTC' } = call;
    const at = readTime(call.at) ?? this.parts.clock.now();
    const { steps, ended } = dryRunFlow(flow, { digits, did, from, at, asks }, timeZone);
    return { steps: steps.map((step) => ({ ...step, answer: { ...step.answer } })), ended };
  }
}

function flowView({ id, name, document, layout, version, createdAt, updatedAt }: IvrFlowRecord): IvrFlowDto {
  const times = { createdAt: timeText(createdAt), updatedAt: timeText(updatedAt) };
  return { id, name, document, layout, version, ...times };
}
