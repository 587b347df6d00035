const en = {
  title: 'Portal',
  opening: 'Opening',
  noCode: 'Open this page by a new link.',
  ended: 'This portal has ended. Open it again from the page that it belongs to.',
  leave: 'Leave',
  readOnly: 'You see, and change nothing.',
  until: (time: string) => `Until ${time}`,
  areas: 'What this portal shows',
  logo: 'Logo',
  agent: 'My calls',
};

const he: typeof en = {
  title: 'פורטל',
  opening: 'נפתח',
  noCode: 'יש לפתוח את הדף הזה בקישור חדש.',
  ended: 'הפורטל הסתיים. יש לפתוח אותו שוב מהדף שאליו הוא שייך.',
  leave: 'יציאה',
  readOnly: 'צפייה בלבד, ללא שינויים.',
  until: (time) => `עד ${time}`,
  areas: 'מה מוצג בפורטל',
  logo: 'לוגו',
  agent: 'השיחות שלי',
};

export const own = { en, he };
