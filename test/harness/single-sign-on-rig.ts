import { expect } from '@jest/globals';
import type { TenantRole } from '#domain';
import { makePerson, type TestPerson } from '../builders/person.js';
import { openApi, type Answer, type ApiClient, type TestApi, type TestTenant } from './api.js';
import { TestBrowser } from './browser.js';
import { CLIENT, TestIdentityProvider, type TestClaims } from './identity-provider.js';

const OURS = 'https://hook.example';
/** Where a provider sends people back to. */
export const CALLBACK = `${OURS}/sign-in/oidc/callback`;

/** A running API and an identity provider that somebody else wrote, with people and browsers that go between them. */
export class SingleSignOnRig {
  private count = 0;

  private constructor(
    readonly api: TestApi,
    readonly provider: TestIdentityProvider,
  ) {}

  static async open(): Promise<SingleSignOnRig> {
    const provider = await TestIdentityProvider.open(CALLBACK);
    // Each browser comes from an address of its own, so that the throttle of one is not another's.
    const api = await openApi({
      EGRESS_ALLOW: '127.0.0.1/32',
      INGRESS_TRUST_PROXY: '1',
      API_RATE_PER_MINUTE: '100000',
    });
    return new SingleSignOnRig(api, provider);
  }

  async close(): Promise<void> {
    await this.api.close();
    await this.provider.close();
  }

  browser(): TestBrowser {
    const address = `192.0.2.${String((this.count += 1) % 250)}`;
    return new TestBrowser(this.api.url, { 'x-forwarded-for': address });
  }

  /** A domain that nobody else in these tests has. */
  newDomain(): string {
    return `d${String((this.count += 1))}.example`;
  }

  draftFor(domain: string, more: object = {}): object {
    return {
      label: 'Acme account',
      issuer: this.provider.issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      domains: [domain],
      ...more,
    };
  }

  /** @returns its id */
  async made(client: ApiClient, draft: object): Promise<string> {
    const { status, body, text } = await client.post('/v1/identity-providers', draft);
    expect([status, text]).toEqual([201, expect.any(String)]);
    return String(body['id']);
  }

  /** A tenant with a provider for a domain. */
  async office(more: object = {}): Promise<{ tenant: TestTenant; domain: string; providerId: string }> {
    const tenant = await this.api.tenant();
    const domain = this.newDomain();
    return { tenant, domain, providerId: await this.made(tenant.client, this.draftFor(domain, more)) };
  }

  /** The provider says this of whoever comes under that name. */
  comes(email: string, more: TestClaims = {}): string {
    this.provider.people.set(email, { email, email_verified: true, name: 'Noa Bar', ...more });
    return email;
  }

  /** @returns where the browser is sent */
  async leave(own: TestBrowser, order: object): Promise<string> {
    const { status, body, text } = await own.post('/v1/sign-in/oidc', order);
    expect([status, text]).toEqual([201, expect.any(String)]);
    return String(body['url']);
  }

  /** As the browser follows the provider's answer. */
  back(own: TestBrowser, url: string): Promise<Answer> {
    expect(url.startsWith(`${CALLBACK}?`)).toBe(true);
    return own.get(url.slice(OURS.length));
  }

  async signInBy(own: TestBrowser, providerId: string, login: string): Promise<Answer> {
    return this.back(own, await this.provider.answer(await this.leave(own, { providerId }), login));
  }

  /** Somebody with a password and an address of a domain. */
  async memberOf(tenant: TestTenant, role: TenantRole, domain: string): Promise<TestPerson> {
    const { id } = await makePerson(this.api.sql, [{ tenant: tenant.id, role }]);
    const email = `${id}@${domain}`;
    await this.api.sql.rows('UPDATE app_user SET email = $2 WHERE id = $1', [id, email]);
    return { id, email };
  }
}

/** What went wrong, as the page says it. */
export function codeOf({ text }: Answer): string | undefined {
  return /<code>([\w.]+)<\/code>/.exec(text)?.[1];
}
