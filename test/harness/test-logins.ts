import type { AgentId } from '#domain';
import type { VendorLogin, VendorLogins } from '../../apps/api/vendor-live/vendor-logins.js';
import type { Office } from './live-office.js';

/** Credentials of offices, kept in memory. */
export class TestLogins implements VendorLogins {
  private readonly logins = new Map<string, { login: VendorLogin; secrets: string[] }>();

  add(office: Office, credentialId: string, secrets: string[], agentId: AgentId | null = null): void {
    const login = { tenantId: office.tenantId, connectionId: office.connection.id, credentialId, agentId };
    this.logins.set(credentialId, { login, secrets });
  }

  revoke(credentialId: string): void {
    this.logins.delete(credentialId);
  }

  byCode(code: string): Promise<VendorLogin | null> {
    return Promise.resolve(this.find((secrets) => secrets.includes(code)));
  }

  byUser(user: string, secret: string): Promise<VendorLogin | null> {
    return Promise.resolve(this.find((secrets) => secrets.includes(`${user}:${secret}`)));
  }

  byId(_tenant: unknown, credentialId: string): Promise<VendorLogin | null> {
    return Promise.resolve(this.logins.get(credentialId)?.login ?? null);
  }

  standing(credentialIds: readonly string[]): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set(credentialIds.filter((one) => this.logins.has(one))));
  }

  /** What a process is given: its methods stay bound. */
  get bound(): VendorLogins {
    return {
      byCode: (code) => this.byCode(code),
      byUser: (user, secret) => this.byUser(user, secret),
      byId: (tenant, credential) => this.byId(tenant, credential),
      standing: (ids) => this.standing(ids),
    };
  }

  private find(has: (secrets: string[]) => boolean): VendorLogin | null {
    return [...this.logins.values()].find(({ secrets }) => has(secrets))?.login ?? null;
  }
}
