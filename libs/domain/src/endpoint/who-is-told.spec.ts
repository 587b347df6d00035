import { whoIsTold } from './who-is-told.js';

describe('whoIsTold', () => {
  const crm = { name: 'crm', eventTypes: ['call.*'], state: 'active' };
  const paused = { name: 'paused', eventTypes: ['*'], state: 'paused' };
  const ivr = { name: 'ivr', eventTypes: ['ivr.input'], state: 'active' };

  it('picks the endpoints that asked for the event, paused ones too, in order', () => {
    expect(whoIsTold({ type: 'call.ended' }, [crm, ivr, paused])).toEqual([crm, paused]);
  });

  it('tells nobody of an event that nobody asked for', () => {
    expect(whoIsTold({ type: 'contact.created' }, [crm, ivr])).toEqual([]);
  });
});
