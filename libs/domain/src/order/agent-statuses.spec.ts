import { describe, expect, it } from '@jest/globals';
import { AGENT_STATUSES, agentStatusesWith, standingOfStatus, statusOfStanding } from './agent-statuses.js';

describe('the statuses of agents', () => {
  it('let nobody be called for who is not logged in', () => {
    const standings = AGENT_STATUSES.map(({ number }) => [number, standingOfStatus(number)]);
    expect(standings).toEqual([
      ...[
        [1, 'available'],
        [2, 'away'],
        [3, 'paused'],
        [5, 'paused'],
        [7, 'paused'],
      ],
      ...[
        [9, 'paused'],
        [11, 'paused'],
        [12, 'paused'],
        [13, 'paused'],
      ],
    ]);
    expect(standingOfStatus(77)).toBe('paused');
  });

  it.each(['available', 'away', 'paused'] as const)('have one for who is just %s', (standing) => {
    expect(standingOfStatus(statusOfStanding(standing))).toBe(standing);
  });

  it('are called as the tenant calls them, and may be more', () => {
    const lunch = { number: 3, name: 'Eating', color: '#000000' };
    const gym = { number: 4, name: 'Gym', color: '#111111' };
    const statuses = agentStatusesWith([gym, lunch]);
    expect(statuses.slice(0, 5).map(({ number, name }) => [number, name])).toEqual([
      ...[
        [1, 'Login'],
        [2, 'Logout'],
        [3, 'Eating'],
        [4, 'Gym'],
        [5, 'Administrative'],
      ],
    ]);
    expect(agentStatusesWith([])).toEqual(AGENT_STATUSES);
  });
});
