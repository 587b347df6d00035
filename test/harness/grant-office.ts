import { openApi, type ApiClient, type Answer, type TestApi } from './api.js';
import type { ConsentingCrm } from './consenting-crm.js';
import { makeEndpoint, type EndpointTraits, type TestEndpoint } from './tenant.js';

export interface SeenGrant {
  id: string;
  state: string;
  reason: string | null;
  position: number;
}

/** An endpoint, and the administrator who connects it. */
export interface GrantDesk {
  endpoint: TestEndpoint;
  client: ApiClient;
  /** Of the endpoint. */
  path: string;
}

/** The API with people who connect endpoints on a CRM's page. */
export class GrantOffice {
  private constructor(readonly api: TestApi) {}

  static async open(): Promise<GrantOffice> {
    return new GrantOffice(await openApi({ EGRESS_ALLOW: '127.0.0.0/8' }));
  }

  /** An endpoint that wants somebody to agree. */
  async endpoint(
    crm: ConsentingCrm,
    more: object = {},
    traits: Partial<EndpointTraits> = {},
  ): Promise<GrantDesk> {
    const { id: tenant, client } = await this.api.tenant();
    const endpoint = await makeEndpoint(this.api.sql, tenant, { url: crm.url('/hook'), ...traits });
    const path = `/v1/endpoints/${endpoint.id}`;
    const put = await client.put(`${path}/access`, crm.access(more));
    if (put.status !== 200) throw new Error(put.text);
    return { endpoint, client, path };
  }

  /** Asks for a page. @param grantId  of one that is connected again */
  async ask({ client, path }: GrantDesk, grantId?: string): Promise<Answer> {
    return grantId === undefined
      ? client.post(`${path}/grants`, { label: 'Dana' })
      : client.post(`${path}/grants/${grantId}/reconnect`);
  }

  /** Somebody opens the page, agrees and comes back. @returns what they read */
  async connect(crm: ConsentingCrm, desk: GrantDesk, grantId?: string): Promise<Answer> {
    const asked = await this.ask(desk, grantId);
    return this.comeBack(await crm.agree(String(asked.body['url'])));
  }

  /** A browser opens where it was sent. @param cookie  of a session; left out: it has no credential */
  async comeBack(location: string, cookie?: string): Promise<Answer> {
    const { pathname, search } = new URL(location);
    const answer = await fetch(this.api.url + pathname + search, {
      redirect: 'manual',
      ...(cookie !== undefined && { headers: { cookie } }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: { data: [], nextCursor: null } };
  }

  async grants({ client, path }: GrantDesk): Promise<SeenGrant[]> {
    return (await client.get(`${path}/grants`)).body.data as unknown as SeenGrant[];
  }

  close(): Promise<void> {
    return this.api.close();
  }
}
