import { openApi, type ApiClient, type Json, type TestApi, type TestTenant } from './api.js';
import { ImportRig } from './import-rig.js';

/** The API and what reads its imports, without their processes. */
export class ImportDesk {
  private constructor(
    readonly api: TestApi,
    readonly rig: ImportRig,
  ) {}

  static async open(): Promise<ImportDesk> {
    const api = await openApi();
    return new ImportDesk(api, new ImportRig(api.world));
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** Sends a file as `curl --data-binary` does. */
  async upload(
    client: ApiClient,
    file: string | Uint8Array,
    query = '',
    type = 'text/csv',
  ): Promise<{ status: number; body: Json }> {
    const response = await fetch(`${this.api.url}/v1/contacts/imports${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.key}`, 'content-type': type },
      body: file as RequestInit['body'],
      duplex: 'half',
    } as RequestInit);
    return { status: response.status, body: (await response.json()) as Json };
  }

  /** Sends a file, starts it, and reads it to its end. */
  async imported(client: ApiClient, file: string, order: object = {}, query = '?country=IL'): Promise<Json> {
    const { body } = await this.upload(client, file, query);
    const path = `/v1/contacts/imports/${String(body['id'])}`;
    const started = await client.post(`${path}/start`, order);
    if (started.status !== 202) return started.body;
    await this.rig.drain(String(body['id']));
    return (await client.get(path)).body;
  }
}

/** Oldest first. */
export async function contactsOf({ client }: TestTenant): Promise<Json[]> {
  return (await client.get('/v1/contacts?limit=200')).body.data.toReversed();
}

export const facts = ({ externalId, name, company, phones, metadata }: Json) => ({
  ...{ externalId, name, company, metadata },
  phones: (phones as { e164: string; label: string | null }[]).map(
    ({ e164, label }) => `${e164} ${String(label)}`,
  ),
});
export const countsOf = ({ state, rows, made, changed, unchanged, repeated, failed }: Json) => ({
  ...{ state, rows, made, changed, unchanged, repeated, failed },
});

export const FILE = [
  'Customer ID,Full Name,Company,Mobile,Work Phone,Segment',
  '1,"Cohen, Dana",Acme Ltd,050-234-5678,02-6251234,gold',
  '2,José Núñez,,+34 912 345 678,,',
  '3,דוד לוי,חברה,0722776772,,silver',
  '',
].join('\r\n');
