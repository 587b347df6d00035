/** A CRM with contacts and call records, which the demo logs its calls in by a connector. */
import { setTimeout as wait } from 'node:timers/promises';
import { RecordsServer, type CrmRow } from '../simulator/index.js';
import type { DemoClient } from './demo-client.js';

/** The simulator's CRM is asked as EspoCRM is. */
const FORMAT = 'espocrm';
const LOOK_EVERY_MS = 100;
const LOGGED_WITHIN_MS = 10_000;

export class DemoRecords {
  private readonly server = new RecordsServer();
  private endpointId = '';

  /** Gives the tenant an endpoint that logs its calls, and makes contacts of callers nobody knows. */
  async open({ client }: { client: Pick<DemoClient, 'post'> }): Promise<void> {
    const port = await this.server.listen();
    const { id } = await client.post<{ id: string }>('/v1/endpoints', {
      name: 'CRM with contacts',
      url: `http://127.0.0.1:${String(port)}`,
      format: FORMAT,
      formatSettings: { logging: { createContacts: 'missed_too', taskOnMissed: true } },
      eventTypes: ['call.ended', 'call.missed', 'call.updated'],
    });
    this.endpointId = id;
  }

  /** Once everything is logged, or it took too long: what stands there. */
  async lines({ client }: { client: Pick<DemoClient, 'get'> }): Promise<string[]> {
    const path = `/v1/deliveries?endpointId=${this.endpointId}&state=due&limit=1`;
    for (let waited = 0; waited < LOGGED_WITHIN_MS; waited += LOOK_EVERY_MS) {
      const { data } = await client.get<{ data: unknown[] }>(path);
      if (data.length === 0) break;
      await wait(LOOK_EVERY_MS);
    }
    return demoRecordLines(this.server.records);
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

/** What stands in the CRM, and one record as people see it there. */
export function demoRecordLines(records: {
  contacts(): readonly CrmRow[];
  calls(): readonly CrmRow[];
  tasks(): readonly CrmRow[];
}): string[] {
  const [contacts, calls, tasks] = [records.contacts(), records.calls(), records.tasks()];
  const example = calls.find((call) => textOf(call).includes('Recording: ')) ?? calls[0];
  const counts = `${String(calls.length)} calls on ${String(contacts.length)} contacts, ${String(tasks.length)} to call back`;
  return [
    `in the CRM: ${counts}; one of them:`,
    ...(example === undefined
      ? []
      : [titleOf(example), ...textOf(example).split('\n')].map((line) => `  ${line}`)),
    '',
  ];
}

function titleOf({ name }: CrmRow): string {
  return typeof name === 'string' ? name : '';
}

function textOf({ description }: CrmRow): string {
  return typeof description === 'string' ? description : '';
}
