const en = {
  make: 'New API key',
  about: 'Software that uses the API shows one of these. What it may is said by its scopes.',
  scopes: 'Scopes',
  scopeWords: {
    read: 'read: sees everything but secrets',
    write: 'write: also retries, replays, calls, contacts',
    admin: 'admin: also sets up endpoints, connections and people',
  },
  expiresAt: 'Ends at',
  send: 'Make the key',
  shown: (name: string) => `The key ${name}`,
  keys: 'API keys',
  none: 'No API keys yet.',
  revokeConfirm: (name: string) => `Whatever shows the key ${name} is refused within seconds.`,
  revoked: 'Revoked',
};

const he: typeof en = {
  make: 'מפתח API חדש',
  about: 'תוכנה שמשתמשת ב־API מציגה אחד מאלה. מה מותר לה נקבע לפי ההיקפים.',
  scopes: 'היקפים',
  scopeWords: {
    read: 'read: רואה הכול חוץ מסודות',
    write: 'write: גם ניסיון חוזר, שידור חוזר, שיחות ואנשי קשר',
    admin: 'admin: גם מגדיר יעדים, חיבורים ואנשים',
  },
  expiresAt: 'מסתיים ב־',
  send: 'יצירת מפתח',
  shown: (name) => `המפתח ${name}`,
  keys: 'מפתחות API',
  none: 'אין עדיין מפתחות API.',
  revokeConfirm: (name) => `מי שמציג את המפתח ${name} נדחה תוך שניות.`,
  revoked: 'בוטל',
};

export const own = { en, he };
