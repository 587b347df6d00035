/** Makes the tenants of a benchmark through the REST API, as a customer would. */

export interface BenchTenant {
  id: string;
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
  const connection = await post<{ ingressUrls: { route: string; url: string }[] }>(
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
  return { id, ingressUrl, urls, endpoints };
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

async function post<T>(plan: Api, path: string, body: object, tenant?: string): Promise<T> {
  const response = await fetch(`${plan.apiUrl}/v1/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${plan.adminKey}`,
      'content-type': 'application/json',
      ...(tenant === undefined ? {} : { 'switchhook-tenant': tenant }),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST /v1/${path} was answered ${String(response.status)}: ${text}`);
  return JSON.parse(text) as T;
}
