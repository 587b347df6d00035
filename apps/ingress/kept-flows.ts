import { readIvrFlow, type IvrFlow, type IvrFlowId } from '#domain';
import type { IvrDirectory } from '#db';

/** `gone`: there is no such flow. `unreadable`: it was fine when it was kept, and this build does not take it. */
export type FlowReading =
  { ok: true; flow: IvrFlow } | { ok: false; cause: 'gone' | 'unreadable'; reason: string };

/** Flows remembered; when full, all are forgotten. */
const KEEP_MOST = 2_000;

/** The flows in use, each version read from the database and parsed once. */
export class KeptFlows {
  private readonly known = new Map<IvrFlowId, { version: number; reading: Promise<FlowReading> }>();

  constructor(private readonly directory: Pick<IvrDirectory, 'flow'>) {}

  /**
   * @param version  at least this one is answered: where the flow was changed a moment ago, the newer
   * @throws AppError `database.unavailable`
   */
  flow(flowId: IvrFlowId, version: number): Promise<FlowReading> {
    const known = this.known.get(flowId);
    if (known && known.version >= version) return known.reading;
    const entry = { version, reading: this.read(flowId) };
    if (this.known.size >= KEEP_MOST) this.known.clear();
    this.known.set(flowId, entry);
    // What could not be read is not remembered.
    entry.reading.catch(() => {
      if (this.known.get(flowId) === entry) this.known.delete(flowId);
    });
    return entry.reading;
  }

  private async read(flowId: IvrFlowId): Promise<FlowReading> {
    const document = await this.directory.flow(flowId);
    if (document === undefined)
      return { ok: false, cause: 'gone', reason: 'There is no such flow any more.' };
    const reading = readIvrFlow(document);
    if (reading.ok) return { ok: true, flow: reading.flow };
    const [problem] = reading.problems;
    return { ok: false, cause: 'unreadable', reason: `${problem?.path ?? ''}: ${problem?.message ?? ''}` };
  }
}
