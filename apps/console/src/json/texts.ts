const en = {
  form: 'form',
  pretty: 'Pretty',
  raw: 'Raw',
  redacted: 'A secret was here. It is not kept.',
};

const he: typeof en = {
  form: 'צורה',
  pretty: 'מסודר',
  raw: 'גולמי',
  redacted: 'כאן היה סוד. הוא אינו נשמר.',
};

export const own = { en, he };
