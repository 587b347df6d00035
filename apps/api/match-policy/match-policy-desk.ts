import { DEFAULT_POLICY, type Actor, type TenantId } from '#domain';
import type { MatchPolicyRepository } from '#db';
import type { MatchPolicyDto, PutMatchPolicyDto } from './match-policy.dto.js';

/** Which of several contacts a call is of. */
export class MatchPolicyDesk {
  constructor(private readonly policies: MatchPolicyRepository) {}

  get(tenant: TenantId): Promise<MatchPolicyDto> {
    return this.policies.of(tenant);
  }

  put(tenant: TenantId, put: PutMatchPolicyDto, by: Actor): Promise<MatchPolicyDto> {
    const { choose, sources = DEFAULT_POLICY.sources, ask = DEFAULT_POLICY.ask } = put;
    return this.policies.set(tenant, { choose, sources, ask }, by);
  }
}
