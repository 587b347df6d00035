import type { IvrFlowId, IvrQuestion, IvrRouteId } from '#domain';
import { SecretBox, newId } from '#platform';
import { SECRET_KEYS, type TestConnection } from '../harness/tenant.js';
import type { Sql } from '../harness/world.js';

/** "Press 1 for sales": who presses 1 rings at 101, and is remembered; everybody else hears it again. */
export const FLOW = {
  start: 'main',
  menus: {
    main: {
      recording: 'welcome',
      digits: {
        1: {
          do: 'dial',
          targets: [{ type: 'extension', target: '101' }],
          remember: { wants: 'sales {digits}' },
        },
      },
    },
  },
};

/** What a caller of our number is asked about first; say what matters. */
export function question(said: Partial<IvrQuestion> = {}): IvrQuestion {
  return {
    kind: 'ivr',
    asks: 'menu',
    vendorCallId: `call-${newId()}`,
    from: '0501234567',
    fromName: null,
    did: '0722776772',
    menu: null,
    previousMenu: null,
    digits: null,
    ...said,
  };
}

export async function makeFlow(
  sql: Sql,
  { tenantId }: Pick<TestConnection, 'tenantId'>,
  document: object = FLOW,
): Promise<IvrFlowId> {
  const flowId = newId<IvrFlowId>();
  await sql.rows(
    `INSERT INTO ivr_flow (id, tenant_id, name, document, version, created_at, updated_at)
     VALUES ($1, $2, 'Main menu', $3, 1, now(), now())`,
    [flowId, tenantId, JSON.stringify(document)],
  );
  return flowId;
}

export interface RouteTraits {
  /** Empty for every number. */
  did?: string;
  flowId?: IvrFlowId;
  url?: string;
  protocol?: 'same' | 'standard';
  timeoutMs?: number;
  headers?: Record<string, string>;
  secret?: string;
  defaultAnswer?: object;
}

export async function makeRoute(sql: Sql, of: TestConnection, traits: RouteTraits): Promise<IvrRouteId> {
  const routeId = newId<IvrRouteId>();
  const box = SecretBox.fromKeys(SECRET_KEYS);
  const sealed = (text: string | undefined) =>
    text === undefined ? null : box.seal(text, `ivr_route:${routeId}`);
  await sql.rows(
    `INSERT INTO ivr_route (id, tenant_id, connection_id, did, source, flow_id, url, protocol, timeout_ms, sealed_headers,
                            sealed_secret, default_answer, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now(), now())`,
    [
      routeId,
      of.tenantId,
      of.id,
      traits.did ?? '',
      traits.flowId === undefined ? 'url' : 'flow',
      traits.flowId ?? null,
      traits.url ?? null,
      traits.protocol ?? 'standard',
      traits.timeoutMs ?? 2_500,
      sealed(traits.headers && JSON.stringify(traits.headers)),
      sealed(traits.secret),
      traits.defaultAnswer === undefined ? null : JSON.stringify(traits.defaultAnswer),
    ],
  );
  return routeId;
}
