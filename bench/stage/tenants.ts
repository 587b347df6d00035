/** Makes the tenants of a benchmark through the REST API, as a customer would. */

export interface BenchTenant {
  id: string;
  /** Empty where there is none. */
  connectionId: string;
  /** Where its PBX sends CDRs. */
  ingressUrl: string;
  /** Where its PBX sends everything, by route. */
  urls: Record<string, string>;
  endpoints: { name: string; secret: string }[];
}

export interface Api {
  apiUrl: string;
  adminKey: string;
}

export interface TenantPlan extends Api {
  tenants: number;
  /** Endpoints of each. */
  fanOut: number;
  /** Deliveries a minute that each takes; without it as many as there are. */
  ratePerMinute?: number;
  /** Where the endpoint of a name sends to. */
  sinkUrl: (name: string) => string;
}

/** Made at once; more would only wait for each other in the API. */
const AT_ONCE = 16;
/** The most that the API lets a credential ask, and an account order a second and at once. */
const MOST_PER_MINUTE = 100_000;
const MOST_ORDERS = 100;

/** In the order of their numbers. */
export async function makeTenants(plan: TenantPlan): Promise<BenchTenant[]> {
  const made = new Array<BenchTenant>(plan.tenants);
  let next = 0;
  const makeSome = async () => {
    while (next < plan.tenants) {
      next += 1;
      const number = next;
      made[number - 1] = await makeTenant(plan, number);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, makeSome));
  return made;
}

async function makeTenant(plan: TenantPlan, number: number): Promise<BenchTenant> {
  const { id } = await post<{ id: string }>(plan, 'tenants', { name: `Bench ${String(number)}` });
  const connection = await post<{ id: string; ingressUrls: { route: string; url: string }[] }>(
    plan,
    'connections',
    { name: 'PBX', dialect: 'voicenter' },
    id,
  );
  const urls = Object.fromEntries(connection.ingressUrls.map(({ route, url }) => [route, url]));
  const ingressUrl = urls['cdr'];
  if (ingressUrl === undefined) throw new Error('The new connection has no ingress URL for CDRs.');
  const rate = plan.ratePerMinute === undefined ? {} : { ratePerMinute: plan.ratePerMinute };
  const endpoints: BenchTenant['endpoints'] = [];
  for (let place = 1; place <= plan.fanOut; place += 1) {
    const name = `t${String(number)}-e${String(place)}`;
    // What is owed and counted is the end of each call, which comes first of these.
    const endpoint = { name, url: plan.sinkUrl(name), format: 'standard', eventTypes: ['call.*'], ...rate };
    const { secret } = await makeEndpoint(plan, id, endpoint);
    endpoints.push({ name, secret });
  }
  return { id, connectionId: connection.id, ingressUrl, urls, endpoints };
}

/** @param traits  as the REST API takes them */
export function makeEndpoint(
  api: Api,
  tenant: string,
  traits: { name: string; url: string; eventTypes: string[] },
): Promise<{ id: string; secret: string }> {
  return post(api, 'endpoints', traits, tenant);
}

/** A server of the tenant's that is asked for contacts. */
export async function makeContactSource(api: Api, tenant: string, url: string): Promise<void> {
  await post(api, 'contact-sources', { name: 'CRM', url }, tenant);
}

/** The code of a credential that software written for Voicenter shows, with these rights. */
export async function makeCode(
  api: Api,
  { id, connectionId }: Pick<BenchTenant, 'id' | 'connectionId'>,
  rights: readonly string[],
): Promise<string> {
  const draft = { connectionId, name: 'CRM', facade: 'voicenter', rights, perMinute: MOST_PER_MINUTE };
  const made = await post<{ secret: { code: string } }>(api, 'api-credentials', draft, id);
  return made.secret.code;
}

/** How the PBX of a tenant's connection is commanded, as fast as an account may be. */
export async function setPbxAccount(
  api: Api,
  { id, connectionId }: Pick<BenchTenant, 'id' | 'connectionId'>,
  account: { settings: object; secrets: object },
): Promise<void> {
  const body = { ...account, perSecond: MOST_ORDERS, atOnce: MOST_ORDERS };
  await send('PUT', api, { path: `connections/${connectionId}/pbx-account`, body, tenant: id });
}

function post<T>(api: Api, path: string, body: object, tenant?: string): Promise<T> {
  return send<T>('POST', api, { path, body, tenant });
}

async function send<T>(
  method: string,
  api: Api,
  { path, body, tenant }: { path: string; body: object; tenant: string | undefined },
): Promise<T> {
  const response = await fetch(`${api.apiUrl}/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${api.adminKey}`,
      'content-type': 'application/json',
      ...(tenant === undefined ? {} : { 'switchhook-tenant': tenant }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} /v1/${path} was answered ${String(response.status)}: ${text}`);
  return JSON.parse(text) as T;
}
