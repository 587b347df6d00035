import { demoRecordLines } from './demo-records.js';

const of = (count: number, traits: object = {}) =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), ...traits }));

describe('what the demo says of its CRM', () => {
  it('shows a record with its recording, where there is one', () => {
    const calls = [
      ...of(1, { name: 'Missed', description: 'Number: 1' }),
      ...of(1, { name: 'Answered', description: 'Number: 2\nRecording: https://hook.example/r' }),
    ];
    const lines = demoRecordLines({ contacts: () => of(1), calls: () => calls, tasks: () => of(1) });
    expect(lines).toEqual([
      'in the CRM: 2 calls on 1 contacts, 1 to call back; one of them:',
      '  Answered',
      '  Number: 2',
      '  Recording: https://hook.example/r',
      '',
    ]);
  });

  it('has something to say of an empty one', () => {
    const none = () => [];
    expect(demoRecordLines({ contacts: none, calls: none, tasks: none })).toHaveLength(2);
  });
});
