/** What each choice of the policy means, with an example. Names are those of the API. */
export const policyEn = {
  title: 'Which calls are logged, and on whom',
  save: 'Keep',
  saved: 'Kept. It holds for calls that end from now on.',
  byDefault: 'usual',
  noPlace: 'This CRM has no place for it.',
  groups: {
    which: 'Which calls',
    whose: 'Whose call it is',
    when: 'When it is written',
    words: 'In which words',
    tasks: 'Tasks',
  },
  members: {
    directions: 'Directions',
    answered: 'Answered calls',
    missed: 'Calls that nobody answered',
    shortestTalk: 'Shortest talk, in seconds',
    exceptNumbers: 'Numbers that are never logged',
    mode: 'When',
    waitMinutes: 'Longest wait for a recording, in minutes',
    language: 'Language of our words',
    subject: 'Title',
    body: 'Text',
    outcomes: 'The CRM’s words for results',
    activityType: 'Kind of activity',
    choose: 'Where several contacts have the number',
    createContacts: 'Where nobody has the number',
    contactName: 'Name of a contact that is made',
    owners: 'Agents and users of the CRM',
    defaultOwner: 'User of the CRM where nobody else is named',
    taskOnMissed: 'A task for a missed call',
    taskDueMinutes: 'Due after, in minutes',
  } as Record<string, string>,
  hints: {
    answered: 'Off: only calls that nobody answered stand there.',
    missed: 'Off: a caller who hung up leaves no record.',
    shortestTalk: 'With 5, a call that was hung up after three seconds is not logged. 0: all are.',
    exceptNumbers:
      'Such as +97235551234, or beginnings: +9723* is every number of that area. Calls among colleagues never are.',
    waitMinutes:
      'With 10, a call that ended at 9:00 is written at 9:10 at the latest, with or without its recording.',
    subject:
      'Empty: “Incoming call from +972545551234: answered”. Yours may have placeholders: {{ from.e164 }}.',
    body: 'Empty: number, agent, queue, result, talk time, recording and notes, a line each.',
    outcomes: 'Left out results have the usual word.',
    activityType: 'Empty: the usual one.',
    contactName: 'Empty: the number. Such as: Caller {{ from.e164 }}',
    owners:
      'A line each: dana@example.com = 4711. Whom we know by e-mail, code or extension owns their calls.',
    defaultOwner: 'The user’s id in the CRM. Empty: whoever connected.',
    taskOnMissed: 'It is the task of the agent who spoke with the caller last.',
    taskDueMinutes: 'With 60, a call missed at 9:00 is to be called back by 10:00.',
  } as Record<string, string>,
  choices: {
    directions: {
      inbound: ['Incoming', 'A customer calls you: logged. You call back: not.'],
      outbound: ['Outgoing', 'You call a customer: logged. They call you: not.'],
      both: ['Both', 'Whoever calls whom: each call is logged once.'],
    },
    mode: {
      incremental: [
        'At the end, and more later',
        'The call ends at 9:00: it stands there at 9:00. The recording comes at 9:02: the same record has it.',
      ],
      once: [
        'Once, when the recording is there',
        'Nothing is changed afterwards. For CRMs whose user may create but not edit.',
      ],
    },
    language: { en: ['English', 'Incoming call from …'], he: ['Hebrew', 'שיחה נכנסת מאת …'] },
    choose: {
      updated_last: [
        'The one that was changed last',
        'Noa (changed today) and Noa Cohen (changed in May): it is Noa’s.',
      ],
      created_first: ['The oldest', 'Noa (made in 2021) and a double of May: it is that of 2021.'],
      ask: [
        'A person chooses',
        'It stands there on nobody and waits under “Waiting for a choice”. Whoever is chosen keeps the number.',
      ],
    },
    createContacts: {
      never: ['It is nobody’s', 'The call stands there with its number, and no contact is made.'],
      answered: [
        'A contact is made if somebody spoke',
        'A new customer calls and Dana answers: a contact. Nobody answers: none.',
      ],
      missed_too: ['A contact is always made', 'Also for somebody who hung up at the second ring.'],
    },
  } as Record<string, Record<string, [string, string]>>,
  match: {
    title: 'Who is calling, for the whole tenant',
    about:
      'Where several contacts have a caller’s number, on phones and screens. What is logged in a CRM is decided by the policy of its connection.',
    choose: {
      updated_last: [
        'The one that was changed last',
        'Noa was changed in the CRM today, her double in your directory in May: Noa’s name is shown.',
      ],
      created_first: ['The oldest', 'The contact that stands there for longest is shown.'],
      ask: ['Show all, people choose', 'The screen shows both; nobody is named on the phone.'],
      by_source: [
        'The first source that knows',
        'Your directory and the CRM know the number: the one that is asked first counts.',
      ],
    } as Record<string, [string, string]>,
    ask: {
      side_by_side: ['All sources at once', 'Quickest: the slowest source is the longest that one waits.'],
      in_order: [
        'One after the other',
        'The second is asked only where the first knows nobody: it spares a small ration.',
      ],
    } as Record<string, [string, string]>,
    howAsked: 'How sources are asked',
  },
};
