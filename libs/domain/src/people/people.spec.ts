import { id, type AgentId } from '../ids.js';
import { readParty } from '../phone/party.js';
import { NO_PEOPLE, People, type AgentEntry, type ExtensionEntry, type PeopleEntries } from './people.js';

const agent = (name: string, more: Partial<AgentEntry> = {}): AgentEntry => ({
  id: id<AgentId>(name.toLowerCase()),
  name,
  email: null,
  code: null,
  ...more,
});
const phone = (number: string, agentId: string | null, aliases: string[] = []): ExtensionEntry => ({
  number,
  aliases,
  agentId: agentId as AgentId | null,
  label: null,
});
const directory = (entries: Partial<PeopleEntries>) =>
  new People({ agents: [], extensions: [], queues: [], dids: [], ...entries }, 'IL');

const DANA = agent('Dana', { email: 'dana@example.com', code: '7421' });
const OMER = agent('Omer');

describe('People', () => {
  it('finds the agent by extension, extended number, alias and SIP user, in any case', () => {
    const people = directory({
      agents: [DANA, OMER],
      extensions: [phone('101', 'dana', ['SIPdana', '0003*101']), phone('SIPomer', 'omer')],
    });
    for (const printed of ['101', 'sipDANA', '0003*101', ' 101 ']) {
      expect([printed, people.agent(printed, null)]).toEqual([printed, DANA]);
    }
    expect(people.agent('SIPOMER', null)).toBe(OMER);
  });

  it('believes a number before an alias', () => {
    const people = directory({
      agents: [DANA, OMER],
      extensions: [phone('101', 'dana'), phone('102', 'omer', ['101'])],
    });
    expect(people.agent('101', null)).toBe(DANA);
  });

  it('else finds the one whom the PBX names: by code, name or e-mail', () => {
    const people = directory({ agents: [DANA, OMER], extensions: [phone('101', null)] });
    const told = (code: string | null, name: string | null) => people.agent('101', { code, name });
    expect(told('7421', 'somebody')).toBe(DANA);
    expect(told(null, '  dana ')).toBe(DANA);
    expect(told(null, 'Dana@Example.com')).toBe(DANA);
    expect(told('dana@example.com', null)).toBe(DANA);
    expect(told('omer', 'Omer')).toBe(OMER);
  });

  it('believes the extension before the PBX’s name', () => {
    const people = directory({ agents: [DANA, OMER], extensions: [phone('101', 'omer')] });
    expect(people.agent('101', { code: '7421', name: 'Dana' })).toBe(OMER);
  });

  it('finds nobody where two could be meant', () => {
    const people = directory({
      agents: [DANA, OMER, agent('Omer', { id: id<AgentId>('other') })],
      extensions: [
        phone('101', 'dana', ['desk']),
        phone('102', 'omer', ['DESK']),
        phone('a', 'dana'),
        phone('A', 'omer'),
      ],
    });
    expect(people.agent('desk', null)).toBeUndefined();
    expect(people.agent('a', null)).toBeUndefined();
    expect(people.agent(null, { code: null, name: 'Omer' })).toBeUndefined();
  });

  it('finds nobody of whom nothing is written down', () => {
    expect(NO_PEOPLE.agent('101', { code: '1', name: 'Dana' })).toBeUndefined();
    expect(NO_PEOPLE.agent(null, null)).toBeUndefined();
    const empty = directory({ agents: [agent('')], extensions: [phone('', '')] });
    expect(empty.agent('', { code: '', name: '' })).toBeUndefined();
    // Gone agents leave their extensions behind.
    expect(directory({ extensions: [phone('101', 'gone')] }).agent('101', null)).toBeUndefined();
  });

  it('knows numbers in every spelling, and queues by the PBX’s id', () => {
    const people = directory({
      dids: [
        { number: '+972722776772', label: 'Main' },
        { number: '03-765-4321', label: 'Tel Aviv' },
      ],
      queues: [{ vendorId: '12', label: 'Support' }],
    });
    for (const printed of ['0722776772', '972722776772', '+972722776772']) {
      expect([printed, people.didLabel(readParty(printed, 'IL'))]).toEqual([printed, 'Main']);
    }
    expect(people.didLabel(readParty('97237654321', 'IL'))).toBe('Tel Aviv');
    expect(people.didLabel(readParty('0501234567', 'IL'))).toBeNull();
    expect(people.queueLabel({ id: '12', name: 'q12' })).toBe('Support');
    expect(people.queueLabel({ id: '13', name: null })).toBeNull();
  });
});
