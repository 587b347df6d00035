import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { id, type LeadId } from '../ids.js';
import { LONGEST_ORDER_VARIABLE, MOST_ORDER_VARIABLES } from '../order/order.js';
import { CAMPAIGN_MODES, DEFAULT_CAMPAIGN_SETTINGS, isLeadFirst } from './campaign.js';
import { orderOfLead, type LeadToDial } from './order-of-lead.js';

const settings = { ...DEFAULT_CAMPAIGN_SETTINGS, queue: 'sales', callerId: '0722776772' };
const lead = (traits: Partial<LeadToDial> = {}): LeadToDial => ({
  ...{ id: id<LeadId>('l'), phone: '+972502345601', country: 'IL', name: 'Jane', callerName: null },
  ...{ callerId: null, customData: {} },
  ...traits,
});
const worker = { extension: '101', callerId: '0722000001' };

describe('orderOfLead', () => {
  it('rings the agent first in a progressive campaign, and the lead first in a predictive one', () => {
    const agentFirst = orderOfLead('progressive', settings, lead(), worker);
    expect([agentFirst.first, agentFirst.second]).toEqual([
      { kind: 'extension', value: '101' },
      { kind: 'number', value: '+972502345601' },
    ]);
    expect(agentFirst.callerId).toEqual({ first: '+972502345601', second: '0722000001' });
    const leadFirst = orderOfLead('predictive', settings, lead(), null);
    expect(leadFirst.second).toEqual({ kind: 'queue', value: 'sales' });
    expect(leadFirst.callerId.first).toBe('0722776772');
  });

  it('shows what the lead came with before anything else, and nothing where that is to be hidden', () => {
    const shown = (callerId: string) =>
      orderOfLead('predictive', settings, lead({ callerId }), null).callerId.first;
    expect([shown('0501111111'), shown('anonymous')]).toEqual(['0501111111', 'Anonymous']);
  });

  it('always dials the lead, and tells no more than an order may, the lead’s own before the campaign’s', () => {
    const data = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.string({ maxLength: 400 }), {
      maxKeys: 30,
    });
    fc.assert(
      fc.property(fc.constantFrom(...CAMPAIGN_MODES), data, data, (mode, customData, variables) => {
        const own = isLeadFirst(mode) ? null : worker;
        const order = orderOfLead(mode, { ...settings, variables }, lead({ customData }), own);
        expect([order.first, order.second]).toContainEqual({ kind: 'number', value: '+972502345601' });
        const told = Object.entries(order.variables);
        expect(told.length).toBeLessThanOrEqual(MOST_ORDER_VARIABLES);
        for (const [name, value] of told) {
          const whole = Object.hasOwn(customData, name) ? customData[name] : variables[name];
          expect(value).toBe(whole?.slice(0, LONGEST_ORDER_VARIABLE));
        }
      }),
    );
  });
});
