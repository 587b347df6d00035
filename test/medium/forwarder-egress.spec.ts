import { instant, type TenantId } from '#domain';
import { newId } from '#platform';
import { sampleCall } from '../../apps/api/endpoints/sample-call.js';
import { oweDelivery } from '../builders/delivery.js';
import { Crm } from '../harness/crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { makeEndpoint, makeTenant, type EndpointTraits } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const CALL = sampleCall(instant(Date.UTC(2026, 10, 21, 9, 30)), { call: newId(), connection: newId() });

/** Whatever was saved, by an older build or behind our back: each request is judged again as it is made. */
describe('our own network is out of reach', () => {
  let world: World;
  let inside: Crm;
  let tenantId: TenantId;

  beforeAll(async () => {
    world = await openWorld();
    inside = await Crm.open();
    tenantId = await makeTenant(world.sql);
  });
  afterAll(async () => {
    await inside.stop();
    await world.close();
  });

  const table = (url: string) => ({ rows: [0, 1, 2, 3, 4].map((kind) => ({ kind, url })) });
  const targets: [string, (url: string) => Partial<EndpointTraits>][] = [
    ['an endpoint’s own URL', (url) => ({ url })],
    ['a token endpoint', (tokenUrl) => ({ access: { auth: oauth(tokenUrl) } })],
    ['a row of VoipNow’s table', (url) => ({ format: 'voipnow', formatSettings: table(url) })],
    ['a popup’s URL', (popupUrl) => ({ format: 'voicenter', formatSettings: { popupUrl } })],
    ['a template of GlobalEx’s', (endUrl) => ({ format: 'globalex', formatSettings: { endUrl } })],
    ['a template’s URL', (url) => ({ format: 'template', formatSettings: { url, body: '{}' } })],
  ];

  function oauth(tokenUrl: string) {
    const client = { tokenUrl, clientId: 'c', clientSecret: 's' } as const;
    return { kind: 'oauth2', ...client, scope: null, audience: null, sendAs: 'basic' } as const;
  }

  async function sentTo(traits: Partial<EndpointTraits>, allow: string[]) {
    const rig = new ForwarderRig(world, { allow });
    // Where nobody may go at all: what is meant is another URL of the endpoint.
    const endpoint = await makeEndpoint(world.sql, tenantId, { url: 'http://127.0.0.1:1/', ...traits });
    await oweDelivery(world.sql, endpoint, { payload: CALL });
    await rig.drain(endpoint);
    rig.close();
    return inside.requests.splice(0).length;
  }

  it.each(targets)('by %s', async (_what, traitsOf) => {
    for (const url of [inside.url(), inside.url().replace('127.0.0.1', 'localhost')]) {
      expect(await sentTo(traitsOf(url), [])).toBe(0);
      // It is the guard that keeps it from there, and nothing else.
      expect(await sentTo(traitsOf(url), ['127.0.0.0/8'])).toBeGreaterThan(0);
    }
  });
});
