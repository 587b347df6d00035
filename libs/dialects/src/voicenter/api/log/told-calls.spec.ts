/** How calls become the rows of the call log, and the page that they are shown on. */
import { MOST_LOG_ROWS, type LegReport } from '#domain';
import { EVERY_FAILURE, toldCall } from '../../../conformance/told.fixture.js';
import { logOf, readAsked, replyTelling, replyTo, rowsOf } from '../api.fixture.js';

const LEG_1: Partial<LegReport> = {
  leg: 'agent',
  direction: 'outbound',
  from: '0523258000',
  to: 'SIPSIP',
  did: null,
  extension: 'SIPSIP',
  talkSeconds: 75,
  startedEpochSeconds: 1_595_960_350,
};
const LEG_2: Partial<LegReport> = {
  ...LEG_1,
  leg: 'customer',
  from: '0722776772',
  to: '0523258000',
  extension: null,
  talkSeconds: 60,
  startedEpochSeconds: 1_595_960_354,
  recordings: [{ url: 'https://pbx.example/2.mp3' }],
};

describe('what is told', () => {
  it('is every field where none is named, and only those that exist, spelled as they were asked for', () => {
    const [row] = rowsOf('', toldCall());
    expect(Object.keys(row ?? {})).toEqual([
      ...[
        'Date',
        'Type',
        'CdrType',
        'DID',
        'CallerNumber',
        'CallerExtension',
        'TargetNumber',
        'TargetExtension',
      ],
      ...['TargetPrefixName', 'Duration', 'Price', 'RecordURL', 'RecordExpect', 'RepresentativeName'],
      ...['RepresentativeCode', 'DTMFData', 'CallID', 'QueueName', 'DialStatus', 'DialStatus2', 'RingTime'],
      ...['CustomData', 'DepartmentName', 'DepartmentId'],
    ]);
    expect(rowsOf('fields=calLERnumber&fields=Nonsense&fields=price', toldCall())).toEqual([
      { calLERnumber: '0523258000', price: 7 },
    ]);
  });

  it('has keys in lower case where the connection says so', () => {
    const { CDR_LIST } = logOf('fields=CallerNumber', [toldCall()], { callLogKeys: 'lower' });
    expect(CDR_LIST).toEqual([{ callernumber: '0523258000' }]);
  });

  it('tells an epoch as the connection’s are', () => {
    const local = logOf('fields=DateEpoch', [toldCall()]).CDR_LIST;
    expect(local).toEqual([{ DateEpoch: 1_595_960_350 + 3 * 3600 }]);
    expect(logOf('fields=DateEpoch', [toldCall()], { epochs: 'utc' }).CDR_LIST).toEqual([
      { DateEpoch: 1_595_960_350 },
    ]);
  });

  it('counts the wait of a queue’s call, names its menus, and from which call it came', () => {
    const told = toldCall(
      [
        {
          queue: { id: '12', name: 'Sales' },
          queueSeconds: 20,
          customData: { lead: 7 },
          ivrPath: [{ order: 1, layerId: '1234', layerName: 'Main IVR', layerNumber: 0, digits: '2' }],
        },
      ],
      { transferOf: 'origin' },
    );
    expect(rowsOf('fields=Type,CdrType,Duration,QueueName,DTMFData,CustomData', told)).toEqual([
      {
        Type: 'Queue',
        CdrType: 8,
        Duration: 80,
        QueueName: 'Sales',
        DTMFData: [{ LayerName: 'Main IVR', DTMF: 2, LayerNumber: '0' }],
        CustomData: { lead: 7, OriginalIvrUniqueID: 'origin' },
      },
    ]);
  });

  it('has two CDRs of a call that was placed in two steps, whoever’s PBX placed it', () => {
    const told = toldCall([LEG_1, LEG_2], { recordingUrls: ['https://ours.example/r'] });
    const fields =
      'fields=Type,CdrType,CallerNumber,TargetNumber,CallerExtension,TargetExtension,Duration,RecordURL,CallID';
    const same = { CallID: '20200728211910a1b2c3d4e5f6a1b2c3' };
    expect(rowsOf(fields, told)).toEqual([
      {
        ...same,
        Type: 'Click2Call leg1',
        CdrType: 9,
        CallerNumber: '0523258000',
        TargetNumber: 'SIPSIP',
        CallerExtension: '',
        TargetExtension: 'SIPSIP',
        Duration: 75,
        RecordURL: '',
      },
      {
        ...same,
        Type: 'Click2Call leg2',
        CdrType: 10,
        CallerNumber: '0722776772',
        TargetNumber: '972523258000',
        CallerExtension: 'SIPSIP',
        TargetExtension: '',
        Duration: 60,
        RecordURL: 'https://ours.example/r',
      },
    ]);
  });

  it('calls the steps of a campaign’s call by the dialer’s names, and further parts by theirs', () => {
    const ofCampaign = toldCall([LEG_1, LEG_2], { campaign: 'c' });
    expect(rowsOf('fields=CdrType', ofCampaign)).toEqual([{ CdrType: 14 }, { CdrType: 15 }]);
    const transferred = toldCall([{}, { leg: 'transfer', talkSeconds: 5 }]);
    expect(rowsOf('fields=CdrType,Duration', transferred)).toEqual([
      { CdrType: 1, Duration: 60 },
      { CdrType: 13, Duration: 5 },
    ]);
    const ringGroup = toldCall([{ leg: 'x101' }, { leg: 'x102', result: 'missed', talkSeconds: null }]);
    expect(rowsOf('fields=CdrType', ringGroup)).toEqual([{ CdrType: 1 }]);
  });

  it('keeps the vendor’s own type and status, and has words for the calls of other PBXs', () => {
    const statuses = (said: Partial<LegReport>) => rowsOf('fields=Type,DialStatus', toldCall([said]))[0];
    expect(statuses({ vendorType: 'Incoming Call', vendorStatus: 'TE', result: 'ivr_only' })).toEqual({
      Type: 'Incoming Call',
      DialStatus: 'TE',
    });
    expect(statuses({ result: 'missed', talkSeconds: null })).toEqual({
      Type: 'Incoming Call',
      DialStatus: 'NOANSWER',
    });
    expect(statuses({ direction: 'outbound', result: 'busy', talkSeconds: null })).toEqual({
      Type: 'Extension Outgoing',
      DialStatus: 'BUSY',
    });
    expect(statuses({ result: 'voicemail' })).toEqual({ Type: 'VoiceMail', DialStatus: 'VOICEMAIL' });
  });

  it('is only of the types that are asked for, by number or name', () => {
    const calls = [toldCall([LEG_1, LEG_2]), toldCall()];
    expect(logOf('cdrTypes=10&fields=CdrType', calls)).toMatchObject({
      TOTAL_HITS: 1,
      CDR_LIST: [{ CdrType: 10 }],
    });
    expect(rowsOf('cdrTypes=Incoming Call&fields=CdrType', ...calls)).toEqual([{ CdrType: 1 }]);
  });

  it('is sorted as it is asked for', () => {
    const calls = [60, 5, 120].map((talkSeconds) => toldCall([{ talkSeconds }]));
    const durations = (sort: string) =>
      rowsOf(`fields=Duration&${sort}`, ...calls).map((row) => row['Duration']);
    expect(durations('')).toEqual([60, 5, 120]);
    expect(durations('sort[0][field]=duration&sort[0][order]=DESC')).toEqual([120, 60, 5]);
    expect(durations('sort=Duration')).toEqual([5, 60, 120]);
    expect(durations('sort=-duration')).toEqual([120, 60, 5]);
    expect(durations('sort=type&sort=duration desc')).toEqual([120, 60, 5]);
  });

  it('is an error rather than cut where the CDRs are too many, although the calls are not', () => {
    const call = toldCall([LEG_1, LEG_2]);
    const calls = Array.from({ length: MOST_LOG_ROWS / 2 + 1 }, () => call);
    expect(logOf('fields=CdrType', calls)).toMatchObject({ ERROR_NUMBER: 3, RETURN_HITS: 0 });
    expect(logOf('fields=CdrType&cdrTypes=9', calls)).toMatchObject({ ERROR_NUMBER: 0 });
  });

  it('says how many there are where not all are told', () => {
    expect(logOf('', [toldCall()], {}, 7)).toMatchObject({ TOTAL_HITS: 7, RETURN_HITS: 1 });
  });

  it('knows no price in another currency', () => {
    expect(rowsOf('fields=Price', toldCall([{ price: { amount: 1, currency: 'EUR' } }]))).toEqual([
      { Price: null },
    ]);
  });
});

describe('the page', () => {
  const page = readAsked('call-log', 'page.query');

  it('is a table, in which nothing is run', () => {
    const told = toldCall([{ agent: { code: null, name: '<script>alert("1")</script>' } }]);
    const reply = replyTelling(page, { kind: 'call_log', calls: [told], total: 1 });
    expect(reply).toMatchObject({ status: 200, contentType: 'text/html; charset=utf-8' });
    expect(reply.body).toContain('<th>CallerNumber</th>');
    expect(reply.body).toContain('<td>0523258000</td>');
    expect(reply.body).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(reply.body).not.toContain('<script');
  });

  it('has its heads where there are no calls, and says what is wrong', () => {
    expect(replyTelling(page, { kind: 'call_log', calls: [], total: 0 }).body).toContain(
      '<th>DialStatus</th>',
    );
    const reply = replyTo(page, { ok: false, failure: EVERY_FAILURE.unauthorised });
    expect(reply.status).toBe(403);
    expect(reply.body).toContain('<td>2</td><td>Authorization failed.</td>');
  });
});
