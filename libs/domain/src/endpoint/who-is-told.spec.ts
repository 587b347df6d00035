import { whoIsTold } from './who-is-told.js';

describe('whoIsTold', () => {
  const crm = { name: 'crm', eventTypes: ['call.*'], filter: null, state: 'active' };
  const paused = { name: 'paused', eventTypes: ['*'], filter: null, state: 'paused' };
  const ivr = { name: 'ivr', eventTypes: ['ivr.input'], filter: null, state: 'active' };
  const outgoing = { ...crm, name: 'outgoing', filter: { directions: ['outbound' as const] } };
  const told = (type: string, data: unknown, endpoints: (typeof crm | typeof outgoing)[]) =>
    whoIsTold({ type, data }, endpoints, () => true).map(({ name }) => name);

  it('picks the endpoints that asked for the event, paused ones too, in order', () => {
    expect(told('call.ended', {}, [crm, ivr, paused])).toEqual(['crm', 'paused']);
  });

  it('tells nobody of an event that nobody asked for', () => {
    expect(told('contact.created', {}, [crm, ivr])).toEqual([]);
  });

  it('leaves out those whose filter it does not pass', () => {
    expect(told('call.ended', { direction: 'inbound' }, [crm, outgoing])).toEqual(['crm']);
    expect(told('call.ended', { direction: 'outbound' }, [crm, outgoing])).toEqual(['crm', 'outgoing']);
  });
});
