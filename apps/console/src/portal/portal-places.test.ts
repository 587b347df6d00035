import { describe, expect, it } from 'vitest';
import { portalPlaces } from './portal-places';

describe('portalPlaces', () => {
  it('shows the screens of its areas and no others', () => {
    expect(portalPlaces(['deliveries', 'calls']).map(({ to }) => to)).toEqual([
      '/t/$tenant/calls',
      '/t/$tenant/deliveries',
      '/t/$tenant/replays',
    ]);
  });
  it('begins an agent’s with the agent’s own', () => {
    expect(portalPlaces(['contacts', 'agent'])[0]?.to).toBe('/agent');
  });
});
