const en = {
  counting: 'Counting…',
  count: (count: string, exact: boolean) => (exact ? `${count} deliveries` : `At least ${count} deliveries`),
  one: 'One delivery',
  none: 'Nothing: there is nothing to send again.',
  will: 'are sent again, each as a new delivery with the whole retry schedule.',
  willOne: 'is sent again, as a new delivery with the whole retry schedule.',
  rate: 'At most so many in a minute',
};

const he: typeof en = {
  counting: 'סופרים…',
  count: (count, exact) => (exact ? `${count} משלוחים` : `לפחות ${count} משלוחים`),
  one: 'משלוח אחד',
  none: 'אין מה לשלוח שוב.',
  will: 'יישלחו שוב, כל אחד כמשלוח חדש עם כל לוח הניסיונות.',
  willOne: 'יישלח שוב, כמשלוח חדש עם כל לוח הניסיונות.',
  rate: 'לכל היותר בדקה',
};

export const own = { en, he };
