import type { AgentId, ConnectionId, TenantId } from '#domain';

/** Who logged in to a vendor's realtime channel, and to what. */
export interface VendorLogin {
  tenantId: TenantId;
  connectionId: ConnectionId;
  credentialId: string;
  /** Whose phones alone they are told of; null: all of the connection. */
  agentId: AgentId | null;
}

/** Who may. Every answer is null for whoever may not, for whatever reason; the address is where they ask from. */
export interface VendorLogins {
  byCode(code: string, address: string): Promise<VendorLogin | null>;
  /** @param user  an e-mail address or the name of an account */
  byUser(user: string, secret: string, address: string): Promise<VendorLogin | null>;
  /** Again, as a token of ours says. */
  byId(tenantId: TenantId, credentialId: string, address: string): Promise<VendorLogin | null>;
  /** Which of these credentials still stand: sockets end when theirs does not. */
  standing(credentialIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** An installation that knows no credentials of this kind. */
export const NOBODY_LOGS_IN: VendorLogins = {
  byCode: () => Promise.resolve(null),
  byUser: () => Promise.resolve(null),
  byId: () => Promise.resolve(null),
  standing: () => Promise.resolve(new Set()),
};
