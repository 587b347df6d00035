const en = {
  asTable: 'As a table',
  asChart: 'As a chart',
  csv: 'CSV',
  csvOf: (name: string) => `Download “${name}” as CSV`,
  tableOf: (name: string) => `“${name}” as a table`,
  chartOf: (name: string) => `“${name}” as a chart`,
  showAll: 'Show all',
  time: 'Time',
  total: 'Total',
  none: 'Nothing yet in this time.',
  keys: 'Arrows move through it, plus and minus zoom, Escape shows all. Or drag to zoom.',
  counted: (total: string, most: string, when: string) => `${total} in all, most on ${when}: ${most}.`,
  measured: (last: string, least: string, most: string) => `Last ${last}; lowest ${least}, highest ${most}.`,
};

const he: typeof en = {
  asTable: 'כטבלה',
  asChart: 'כתרשים',
  csv: 'CSV',
  csvOf: (name) => `הורדת „${name}” כקובץ CSV`,
  tableOf: (name) => `„${name}” כטבלה`,
  chartOf: (name) => `„${name}” כתרשים`,
  showAll: 'הצגת הכול',
  time: 'זמן',
  total: 'סך הכול',
  none: 'עדיין אין נתונים בתקופה הזאת.',
  keys: 'החצים מזיזים את הסמן, פלוס ומינוס משנים את קנה המידה, Escape מציג הכול. אפשר גם לגרור כדי להתקרב.',
  counted: (total, most, when) => `${total} בסך הכול, השיא ב-${when}: ${most}.`,
  measured: (last, least, most) => `לאחרונה ${last}; הנמוך ביותר ${least}, הגבוה ביותר ${most}.`,
};

export const own = { en, he };
