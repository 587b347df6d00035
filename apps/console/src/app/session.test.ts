import { describe, expect, it } from 'vitest';
import type { MembershipDto } from '../api/operations';
import { homeOf } from './session';

const member = (role: MembershipDto['role'], tenantId: string | null): MembershipDto => ({
  role,
  tenantId,
  tenantName: tenantId,
  agentId: null,
});

describe('homeOf', () => {
  it('takes operators to all tenants', () => {
    expect(homeOf([member('agent', 'a'), member('operator', null)])).toEqual({ kind: 'operator' });
  });
  it('takes supervisors and administrators to the first tenant whose calls they may see', () => {
    expect(homeOf([member('agent', 'a'), member('supervisor', 'b')])).toEqual({
      kind: 'tenant',
      tenant: 'b',
    });
  });
  it('tells agents from people who are members of nothing', () => {
    expect(homeOf([member('agent', 'a')])).toEqual({ kind: 'agent' });
    expect(homeOf([])).toEqual({ kind: 'nothing' });
  });
});
