import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApi } from '../harness/api.js';
import { freePort } from '../harness/free-port.js';
import { CLIENT } from '../harness/identity-provider.js';
import { CALLBACK, SingleSignOnRig } from '../harness/single-sign-on-rig.js';

let rig: SingleSignOnRig;
beforeAll(async () => {
  rig = await SingleSignOnRig.open();
});
afterAll(() => rig.close());

describe('an identity provider', () => {
  it('is made, shown without its secret, changed, listed and deleted by an admin, and audited', async () => {
    const { tenant, domain, providerId } = await rig.office({ role: 'agent' });
    const at = `/v1/identity-providers/${providerId}`;
    const { body, text } = await tenant.client.get(at);
    expect(body).toMatchObject({
      tenantId: tenant.id,
      label: 'Acme account',
      issuer: rig.provider.issuer,
      domains: [domain],
      hasSecret: true,
      role: 'agent',
      enforced: false,
      enabled: true,
      redirectUri: CALLBACK,
    });
    expect(text).not.toContain(CLIENT.secret);
    const changed = await tenant.client.patch(at, { label: 'Acme', role: null });
    expect(changed.body).toMatchObject({ label: 'Acme', role: null, hasSecret: true });
    expect((await tenant.client.get('/v1/identity-providers')).body.data.map(({ id }) => id)).toEqual([
      providerId,
    ]);
    expect((await tenant.client.delete(at)).status).toBe(204);
    expect((await tenant.client.get(at)).status).toBe(404);
    const audit = await tenant.client.get(`/v1/audit?subjectId=${providerId}`);
    expect(audit.body.data.map((entry) => entry['action'])).toEqual([
      'identity_provider.deleted',
      'identity_provider.changed',
      'identity_provider.created',
    ]);
    const kept = await rig.api.sql.rows(
      'SELECT changes::text AS changes FROM audit_entry WHERE subject_id = $1',
      [providerId],
    );
    expect(JSON.stringify(kept)).not.toContain(CLIENT.secret);
  });

  it('keeps its secret sealed', async () => {
    const { providerId } = await rig.office();
    const [row] = await rig.api.sql.rows<{ row: string }>(
      'SELECT p::text AS row FROM identity_provider p WHERE id = $1',
      [providerId],
    );
    expect(row?.row).not.toContain(CLIENT.secret);
  });

  it('is nobody else’s', async () => {
    const { providerId } = await rig.office();
    const other = await rig.api.tenant();
    const at = `/v1/identity-providers/${providerId}`;
    expect((await other.client.get(at)).status).toBe(404);
    expect((await other.client.patch(at, { label: 'Mine' })).status).toBe(404);
    expect((await other.client.post(`${at}/test`)).status).toBe(404);
    expect((await other.client.delete(at)).status).toBe(404);
  });

  it('wants its secret once more for another issuer or client, as a secret goes only to whom it was given for', async () => {
    const { tenant, providerId } = await rig.office();
    const at = `/v1/identity-providers/${providerId}`;
    for (const patch of [{ issuer: 'https://other.example' }, { clientId: 'another' }]) {
      const { status, body } = await tenant.client.patch(at, patch);
      expect([status, body['code']]).toEqual([400, 'request.invalid']);
      const again = await tenant.client.patch(at, { ...patch, clientSecret: 'another secret' });
      expect(again.status).toBe(200);
    }
  });

  it('of the installation is made by operators alone, and makes nobody anything', async () => {
    const tenant = await rig.api.tenant();
    const draft = rig.draftFor(rig.newDomain(), { operator: true });
    expect((await tenant.client.post('/v1/identity-providers', draft)).body['code']).toBe(
      'operator.required',
    );
    const role = await rig.api.operator.post('/v1/identity-providers', { ...draft, role: 'admin' });
    expect([role.status, role.body['code']]).toEqual([400, 'request.invalid']);
    const operators = await tenant.client.post(
      '/v1/identity-providers',
      rig.draftFor(rig.newDomain(), { role: 'operator' }),
    );
    expect(operators.status).toBe(400);
    const { status, body } = await rig.api.operator.post('/v1/identity-providers', draft);
    expect([status, body['tenantId']]).toEqual([201, null]);
    await rig.api.operator.delete(`/v1/identity-providers/${String(body['id'])}`);
  });

  it('is refused with an issuer that is not secure or not public, or with domains that are none', async () => {
    const { client } = await rig.api.tenant();
    const wrong = [
      { issuer: 'http://login.example' },
      { issuer: 'https://10.0.0.1' },
      { issuer: 'https://169.254.169.254' },
      { issuer: 'https://user:pass@login.example' },
      { issuer: 'https://login.example/?x=1' },
      { issuer: 'login.example' },
      { domains: [] },
      { domains: ['Acme.example'] },
      { domains: ['@acme.example'] },
      { domains: ['*.example'] },
      { domains: ['com'] },
    ];
    for (const more of wrong) {
      const { status, body } = await client.post(
        '/v1/identity-providers',
        rig.draftFor('acme.example', more),
      );
      expect([more, status, body['code']]).toEqual([more, 400, 'request.invalid']);
    }
  });

  it('is tested: what it says of itself, or in words what is wrong', async () => {
    const { tenant, providerId } = await rig.office();
    const test = async (id: string) => (await tenant.client.post(`/v1/identity-providers/${id}/test`)).body;
    expect(await test(providerId)).toEqual({
      ok: true,
      code: null,
      problem: null,
      authorizationEndpoint: `${rig.provider.issuer}/auth`,
      tokenEndpoint: `${rig.provider.issuer}/token`,
    });
    const away = await rig.made(
      tenant.client,
      rig.draftFor(rig.newDomain(), { issuer: `http://127.0.0.1:${String(await freePort())}` }),
    );
    expect(await test(away)).toMatchObject({ ok: false, code: 'oidc.provider_away' });
    // It says that it is somebody else: without the slash.
    const other = await rig.made(
      tenant.client,
      rig.draftFor(rig.newDomain(), { issuer: `${rig.provider.issuer}/elsewhere` }),
    );
    expect(await test(other)).toMatchObject({ ok: false, code: 'oidc.provider_wrong' });
  });

  it('whose name leads into this network is not asked', async () => {
    const guarded = await openApi();
    try {
      const { client } = await guarded.tenant();
      const port = new URL(rig.provider.issuer).port;
      const id = await rig.made(
        client,
        rig.draftFor(rig.newDomain(), { issuer: `http://localhost:${port}` }),
      );
      const { body } = await client.post(`/v1/identity-providers/${id}/test`);
      expect(body).toMatchObject({ ok: false, code: 'oidc.provider_away' });
      expect(String(body['problem'])).toMatch(/not allowed/);
      const literal = await client.post('/v1/identity-providers', rig.draftFor(rig.newDomain()));
      expect(literal.body['code']).toBe('request.invalid');
    } finally {
      await guarded.close();
    }
  });

  it('is found by the domain of an address, whoever has it', async () => {
    const { domain, providerId, tenant } = await rig.office();
    const ask = async (email: string) =>
      (await rig.browser().get(`/v1/sign-in/providers?email=${encodeURIComponent(email)}`)).body.data;
    expect(await ask(`Nobody@${domain.toUpperCase()}`)).toEqual([{ id: providerId, label: 'Acme account' }]);
    expect(await ask(`nobody@sub.${domain}`)).toEqual([]);
    expect(await ask('nobody')).toEqual([]);
    await tenant.client.patch(`/v1/identity-providers/${providerId}`, { enabled: false });
    expect(await ask(`nobody@${domain}`)).toEqual([]);
  });
});
