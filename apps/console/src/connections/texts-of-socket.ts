import { en } from './texts-en';
import { he } from './texts-he';

const plural = (count: number, one: string, many: string): string =>
  count === 1 ? one : many.replace('#', count.toLocaleString('en'));
const pluralHe = (count: number, one: string, many: string): string =>
  count === 1 ? one : many.replace('#', count.toLocaleString('he'));

/** Where a PBX keeps a WebSocket open to us, what it tells is no webhook. */
const ofSocket: typeof en = {
  ...en,
  lastWebhook: 'Last message',
  tabs: { ...en.tabs, receipts: 'Messages' },
  wizard: {
    ...en.wizard,
    secret: 'Secret: whoever knows such a URL can tell of calls. Put it into the PBX and nowhere else.',
    resume: 'Watch how the next message gets on',
  },
  ticks: { ...en.ticks, arrived: 'A message arrived' },
  tickNotes: {
    ...en.tickNotes,
    refused: (count) => plural(count, '1 request was refused:', '# requests were refused:'),
    ended: (lag) => `The call ended ${lag} before its message came.`,
    ahead: (lag) => `The call seems to end ${lag} after its message came.`,
  },
  receiptShown: 'The message as it came',
  help: {
    ...en.help,
    checks: [
      'The lines are in the files of the PBX, and the URL is whole: its long secret is not cut.',
      'The PBX has read its files again since, or was restarted.',
      'The PBX may reach this address: a firewall, or an address inside your network, keeps it out.',
      'The address has a certificate that the PBX trusts; where it begins with ws:// the lines say “tls_enabled = no”.',
      'A proxy before this address hands on the headers Upgrade and Connection.',
    ],
  },
  warnings: {
    ...en.warnings,
    'connection.disabled':
      'The connection is switched off: the WebSocket of its PBX is refused. Switch it on in its settings.',
    'webhooks.silent': (days) =>
      `The PBX has told of nothing for ${plural(days, '1 day', '# days')}, though its WebSocket is open.`,
    'receipts.unparsed': (count) =>
      `${plural(count, '1 message of the last 24 hours could not be read. It is', '# messages of the last 24 hours could not be read. They are')} kept, and can be replayed after a fix.`,
    'receipts.set_aside': (count) =>
      `${plural(count, '1 message could be read, but working on it failed. It is', '# messages could be read, but working on them failed. They are')} kept, and can be replayed after a fix.`,
  },
  clock: {
    ...en.clock,
    before: (by) => `Calls seem to have ended ${by} before their messages come.`,
    after: (by) => `Calls seem to end ${by} after their messages come.`,
  },
  refused: (count) => plural(count, '1 request of the last 24 hours', '# requests of the last 24 hours'),
  health: {
    ...en.health,
    fine: 'Nothing: the PBX is connected, and what it tells is understood.',
    rate: 'Messages',
    lag: (lag) => `messages come ${lag} after the call`,
    aheadLag: (lag) => `calls seem to end ${lag} after their messages`,
    latest: 'Latest messages',
    allReceipts: 'All messages',
  },
  receipts: {
    ...en.receipts,
    none: 'No message has come yet.',
    replayAll: (count) => plural(count, 'Replay 1 message', 'Replay # messages'),
    replayAllAsk: (count) =>
      `${plural(count, '1 message is', '# messages are')} worked on again, the oldest first, as if they came now with their own times. What was told is not told twice.`,
    open: 'Open message',
    back: 'All messages',
    title: (route) => `Message on ${route}`,
  },
};

/** In Hebrew both are called messages. */
const ofSocketHe: typeof en = {
  ...he,
  wizard: {
    ...he.wizard,
    secret: 'סודי: מי שיודע כתובת כזו יכול לדווח על שיחות. מקומה במרכזייה ולא בשום מקום אחר.',
  },
  tickNotes: {
    ...he.tickNotes,
    refused: (count) => pluralHe(count, 'בקשה אחת נדחתה:', '# בקשות נדחו:'),
  },
  help: {
    ...he.help,
    checks: [
      'השורות נמצאות בקבצים של המרכזייה והכתובת שלמה: הסוד הארוך שבה לא נחתך.',
      'המרכזייה קראה מאז את הקבצים שלה מחדש, או הופעלה מחדש.',
      'המרכזייה מסוגלת להגיע לכתובת הזו: חומת אש או כתובת פנימית ברשת חוסמות אותה.',
      'לכתובת יש אישור אבטחה שהמרכזייה סומכת עליו; אם היא מתחילה ב־ws:// כתוב בשורות tls_enabled = no.',
      'פרוקסי שלפני הכתובת הזו מעביר הלאה את הכותרות Upgrade ו־Connection.',
    ],
  },
  warnings: {
    ...he.warnings,
    'connection.disabled': 'החיבור כבוי, וה־WebSocket של המרכזייה נדחה. אפשר להפעיל אותו בהגדרות שלו.',
    'webhooks.silent': (days) =>
      `המרכזייה לא דיווחה על דבר כבר ${pluralHe(days, 'יום אחד', '# ימים')}, אף שה־WebSocket שלה פתוח.`,
  },
  refused: (count) => pluralHe(count, 'בקשה אחת מ־24 השעות האחרונות', '# בקשות מ־24 השעות האחרונות'),
  health: { ...he.health, fine: 'כלום: המרכזייה מחוברת, ומה שהיא מספרת מובן.' },
};

export const ownOfSocket = { en: ofSocket, he: ofSocketHe };
