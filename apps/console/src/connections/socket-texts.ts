/** What is said of PBXs that open a WebSocket to us. */
const en = {
  socket: 'The WebSocket of the PBX',
  state: 'State',
  states: { up: 'Open', down: 'Closed', never: 'The PBX has not dialled yet' },
  since: 'Since',
  from: 'From',
  calls: 'Identifies itself as',
  line: 'Line',
  hints: {
    down: 'The PBX opens it again by itself. Meanwhile it keeps what happens, and tells it then. Should it stay closed, look whether the PBX runs and reaches this address.',
    never:
      'The PBX opens it, not we: no port of yours needs to be open. Look whether its lines are as the set-up shows them.',
  },
  paste: 'Let the PBX dial us',
  wait: 'Waiting for the PBX to dial us',
  waitAbout:
    'It dials as soon as its modules are loaded anew. Then make a test call. You can leave this page and come back: nothing is lost.',
  lines: 'Lines for its files, to be copied',
  clock: 'It is compared with ours by what the PBX tells, and its times are corrected.',
};

const he: typeof en = {
  socket: 'ה־WebSocket של המרכזייה',
  state: 'מצב',
  states: { up: 'פתוח', down: 'סגור', never: 'המרכזייה עדיין לא התחברה' },
  since: 'מאז',
  from: 'מכתובת',
  calls: 'מזדהה בשם',
  line: 'קו',
  hints: {
    down: 'המרכזייה פותחת אותו שוב מעצמה. עד אז היא שומרת את מה שקורה, ומדווחת אחר כך. אם הוא נשאר סגור, בדקו שהמרכזייה פועלת ומגיעה לכתובת הזו.',
    never:
      'המרכזייה פותחת אותו, לא אנחנו: אין צורך לפתוח אצלכם שום פורט. בדקו שהשורות שלה הן כפי שמוצג בהתקנה.',
  },
  paste: 'שהמרכזייה תתחבר אלינו',
  wait: 'מחכים שהמרכזייה תתחבר אלינו',
  waitAbout:
    'היא מתחברת מיד כשהמודולים שלה נטענים מחדש. אחר כך זה הזמן לשיחת ניסיון. אפשר לעזוב את הדף ולחזור: דבר לא יאבד.',
  lines: 'שורות לקבצים שלה, להעתקה',
  clock: 'הוא מושווה לשעון שלנו לפי מה שהמרכזייה מספרת, והזמנים שלה מתוקנים לפיו.',
};

export const ownSocket = { en, he };
