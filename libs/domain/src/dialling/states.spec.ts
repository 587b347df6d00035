import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CAMPAIGN_STATES,
  campaignFlaws,
  campaignMayBecome,
  campaignStatesBefore,
  type CampaignState,
} from './campaign-state.js';
import {
  LEAD_STATES,
  OPEN_LEAD_STATES,
  isSettledLead,
  leadFlaws,
  leadMayBecome,
  leadStatesBefore,
  type LeadState,
} from './lead-state.js';

const tableOf = <State extends string>(states: readonly State[], may: (from: State, to: State) => boolean) =>
  Object.fromEntries(states.map((from) => [from, states.filter((to) => may(from, to))])) as Record<
    State,
    State[]
  >;

describe('the states of a campaign', () => {
  it('make a table without a flaw', () => {
    expect(campaignFlaws()).toEqual([]);
  });

  it.each<[string, Partial<Record<CampaignState, CampaignState[]>>, string]>([
    ['a way out of deletion', { deleted: ['running'] }, 'deleted leads on.'],
    ['no way to stop', { paused: ['running', 'deleted'] }, 'paused cannot be stopped.'],
    ['a state that nothing leads to', { running: ['stopped', 'deleted'] }, 'Nothing leads to paused.'],
    ['a campaign that cannot be deleted', { stopped: ['running'] }, 'stopped cannot be deleted.'],
  ])('are told of when the table has %s', (_, change, flaw) => {
    expect(campaignFlaws({ ...tableOf(CAMPAIGN_STATES, campaignMayBecome), ...change })).toContain(flaw);
  });

  it('know from where each is reached', () => {
    expect(campaignStatesBefore('running')).toEqual(['stopped', 'paused']);
    expect(campaignStatesBefore('paused')).toEqual(['running']);
  });
});

describe('the states of a lead', () => {
  it('make a table without a flaw', () => {
    expect(leadFlaws()).toEqual([]);
  });

  it.each<[string, Partial<Record<LeadState, LeadState[]>>, string]>([
    [
      'a call of a lead that is done',
      { done: ['dialling', 'removed'] },
      'done leads to a call without waiting first.',
    ],
    ['a call of a lead that was removed', { removed: ['waiting'] }, 'removed leads on.'],
    ['a lead that cannot be removed', { offered: ['dialling'] }, 'offered cannot be removed.'],
    ['a call that is offered', { dialling: ['offered', 'removed'] }, 'dialling leads back to an agent.'],
  ])('are told of when the table has %s', (_, change, flaw) => {
    expect(leadFlaws({ ...tableOf(LEAD_STATES, leadMayBecome), ...change })).toContain(flaw);
  });

  it('are left by a settled lead only for the list, or for good', () => {
    const states = fc.constantFrom(...LEAD_STATES);
    fc.assert(
      fc.property(fc.array(states, { maxLength: 40 }), (wanted) => {
        let state: LeadState = 'waiting';
        for (const next of wanted) {
          if (!leadMayBecome(state, next)) continue;
          expect(state).not.toBe('removed');
          if (isSettledLead(state)) expect(['waiting', 'removed']).toContain(next);
          if (next === 'dialling') expect(OPEN_LEAD_STATES).toContain(state);
          state = next;
        }
      }),
    );
  });

  it('know from where each is reached', () => {
    expect(leadStatesBefore('dialling')).toEqual(['waiting', 'offered']);
    expect(leadStatesBefore('offered')).toEqual(['waiting']);
  });
});
