const en = {
  all: 'All',
  withheld: 'Withheld number',
  openDelivery: 'Open the delivery',
  openCall: 'Open the call',
  deliveries: 'Deliveries',
  created: 'Made',
  event: 'Event',
  state: 'State',
  status: 'Status',
  tries: 'Tries',
  reason: 'Reason',
  response: 'Response',
  headers: 'Headers',
  body: 'Body',
};

const he: typeof en = {
  all: 'הכול',
  withheld: 'מספר חסוי',
  openDelivery: 'פתיחת המשלוח',
  openCall: 'פתיחת השיחה',
  deliveries: 'משלוחים',
  created: 'נוצר',
  event: 'אירוע',
  state: 'מצב',
  status: 'סטטוס',
  tries: 'ניסיונות',
  reason: 'סיבה',
  response: 'תשובה',
  headers: 'כותרות',
  body: 'גוף',
};

/** Words of calls and deliveries for the features that show some of them. */
export const listWords = { en, he };
