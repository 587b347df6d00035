import type { EndpointGrantId, EndpointId, Instant } from '#domain';

/** A grant that is good, as far as tokens are had by it. */
export interface KeptGrant {
  id: EndpointGrantId;
  endpointId: EndpointId;
  /** Changes whenever the tokens do. */
  version: number;
  sealedAccess: string | null;
  sealedRefresh: string | null;
  /** The refresh token before: the newer one has not worked yet. */
  sealedPrevious: string | null;
  /** So long the access token is used; null: until it is refused. */
  usedUntil: Instant | null;
  baseUrl: string | null;
  /** Its tokens were made a moment ago. */
  isFresh: boolean;
}

/** What a grant's row becomes when its tokens were renewed. */
export interface RenewedGrant {
  sealedAccess: string;
  sealedRefresh: string | null;
  sealedPrevious: string | null;
  usedUntil: Instant | null;
  /** When somebody has to connect again; null where that is not known. */
  endsAt: Instant | null;
  /** Renewed by then although nobody needs it; null where it cannot be. */
  renewBy: Instant | null;
  /** Null: as before. */
  baseUrl: string | null;
}

/** Where grants are kept for all processes together. Everything rejects with AppError `database.unavailable`. */
export interface GrantKeeper {
  /** Those of an endpoint that are good, in the order in which they are used. */
  good(endpointId: EndpointId): Promise<KeptGrant[]>;
  /** @returns false when somebody else renews it, or has since this version */
  lease(grant: Pick<KeptGrant, 'id' | 'version'>, terms: { owner: string; forMs: number }): Promise<boolean>;
  release(id: EndpointGrantId, owner: string): Promise<void>;
  /** @returns false when its tokens are others by now, and nothing was kept */
  keep(grant: Pick<KeptGrant, 'id' | 'version'>, renewed: RenewedGrant): Promise<boolean>;
  /** It needs attention from now on. @param reason  for people: why, and what to do */
  giveUp(grant: Pick<KeptGrant, 'id' | 'version'>, reason: string): Promise<boolean>;
}

/** What a grant's texts are sealed for. */
export interface GrantContexts {
  access: (id: EndpointGrantId) => string;
  refresh: (id: EndpointGrantId) => string;
}
