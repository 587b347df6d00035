import type { en } from './tab-texts-en';

const text = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(String).join(', ')
    : typeof value === 'number'
      ? String(value)
      : typeof value === 'string'
        ? value
        : '';
const iso = (value: unknown): string => `\u2068${text(value)}\u2069`;
const tries = (count: unknown): string => (count === 1 ? 'ניסיון אחד' : `${text(count)} ניסיונות`);
const soFar = (count: unknown): string => (count === 0 ? 'עדיין לא נוסה.' : `נכשל לאחר ${tries(count)}.`);

export const he: typeof en = {
  deliveries: { none: 'עדיין לא נשלח אליו דבר.', all: 'כולם, עם מסננים' },
  history: {
    states: 'המצבים שלו',
    changes: 'מי שינה מה',
    noChanges: 'דבר עדיין לא שונה.',
    before: (state) => `לפני כן: ${state}`,
    fields: (count) => `${count} שדות`,
    us: 'Switchhook',
    well: 'תקין',
    failing: 'נכשל',
    kinds: { key: 'מפתח', user: 'אדם', portal: 'פורטל', system: 'Switchhook' },
    more: 'להציג עוד',
  },
  explain: {
    about: 'האם שיחה או אירוע כאלה היו נשלחים לכאן, ואם לא: למה?',
    kind: 'של מה',
    call: 'שיחה',
    event: 'אירוע',
    id: 'המזהה',
    pick: 'או אחת השיחות האחרונות',
    choose: 'בחירת שיחה',
    ask: 'הסבר',
    none: 'לשיחה הזו אין אירועים.',
    told: 'נשלח',
    notTold: 'לא נשלח',
    delivery: 'פתיחת המשלוח',
    codes: {
      delivered: ({ tries: count }, at) => `נמסר, לאחר ${tries(count)}.${at('at')}`,
      dead: ({ tries: count, reason }) => `בוטל לאחר ${tries(count)}. ${iso(reason)}`,
      skipped: ({ reason }) => `דולג: ${iso(reason)}.`,
      held: ({ reason }) => `מושהה: ${iso(reason)}. ההפעלה תקבע מה ייעשה בו.`,
      event_type_not_asked: ({ type, eventTypes }) =>
        `היעד מבקש ${iso(eventTypes)}, וזה אינו כולל ${iso(type)}.`,
      filter_not_met: () => 'המסנן של היעד אינו מעביר את האירוע.',
      endpoint_is_younger: (_, at) => `היעד נוצר אחרי האירוע.${at('at')} שידור חוזר של מה שהחמיץ ישלח אותו.`,
      asked_for_later: ({ type }) =>
        `היעד מבקש ${iso(type)} עכשיו, אך לא ביקש כשזה קרה. שידור חוזר של מה שהחמיץ ישלח אותו.`,
      waits_will_be_held: ({ tries: count }) => `${soFar(count)} היעד אינו פעיל: האירוע יושהה.`,
      waits_for_breaker: ({ tries: count }, at) =>
        `${soFar(count)} היעד נכשל יותר מדי, ולכן הכול ממתין.${at('at')}`,
      waits_for_rate_limit: ({ tries: count }, at) => `${soFar(count)} מגבלת הקצב מוצתה.${at('at')}`,
      waits_as_asked: ({ tries: count }, at) => `${soFar(count)} היעד ביקש להמתין.${at('at')}`,
      waits_for_order: ({ tries: count, sequence, type }) =>
        `${soFar(count)} הוא ממתין לאירוע ${text(sequence)} של השיחה (${iso(type)}), שנכשל ויישלח לפניו.`,
      waits_for_retry: ({ tries: count }, at) => `${soFar(count)} ינוסה שוב.${at('at')}`,
      waits_its_turn: ({ tries: count }) => `${soFar(count)} הגיע זמנו, ויישלח אחרי אלה שלפניו.`,
    },
  },
  requests: {
    about: 'אילו בקשות נשלחות, לפי שלוחה וסוג אירוע, כמו בטבלה של VoipNow.',
    none: 'אין עדיין בקשות: דבר אינו נשלח. הוסיפו את הראשונה.',
    extension: 'שלוחה',
    extensionHint: '* היא כל שלוחה',
    every: 'כל שלוחה',
    kind: 'מתי',
    kinds: {
      0: 'מצלצל',
      1: 'מישהו מחייג החוצה',
      2: 'ניתוק',
      3: 'שיחה נכנסת נענתה',
      4: 'שיחה יוצאת נענתה',
    },
    method: 'שיטה',
    url: 'כתובת',
    note: 'הערה',
    active: 'פעילה',
    inactive: 'כבויה',
    number: 'מס׳',
    add: 'הוספת בקשה',
    change: 'שינוי',
    remove: 'הסרה',
    removeAbout: 'היא לא תישלח עוד, והמספר שלה לא יינתן שוב.',
    select: (number) => `בחירת בקשה ${number}`,
    selected: (count) => `נבחרו ${count}`,
    enable: 'הדלקה',
    disable: 'כיבוי',
    clear: 'הסרה',
    clearAbout: (count) => (count === 1 ? 'בקשה אחת תוסר.' : `${count} בקשות יוסרו.`),
  },
};
