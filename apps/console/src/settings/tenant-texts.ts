const en = {
  about: 'Operators of the installation change these. Time zone and country belong to each connection.',
  retentionDays: 'Days that calls and webhooks are kept',
  asInstallation: 'Empty: as long as the installation says',
  requiresTotp: 'Everybody needs a second factor',
  webhooksPerSecond: 'Webhooks per second',
  webhookBurst: 'Webhooks at once',
  webhookBytesPerDay: 'Bytes of webhooks a day',
  save: 'Save',
  limits: 'Limits',
};

const he: typeof en = {
  about: 'מפעילי המערכת משנים את אלה. אזור זמן ומדינה שייכים לכל חיבור.',
  retentionDays: 'כמה ימים שומרים שיחות ו־webhooks',
  asInstallation: 'ריק: כמו שקובעת המערכת',
  requiresTotp: 'כולם צריכים גורם אימות שני',
  webhooksPerSecond: 'כמה webhooks בשנייה',
  webhookBurst: 'כמה webhooks בבת אחת',
  webhookBytesPerDay: 'כמה בתים של webhooks ביום',
  save: 'שמירה',
  limits: 'מגבלות',
};

export const own = { en, he };
