const en = {
  faults: (count: number) =>
    count === 1 ? '1 fault to mend:' : `${count.toLocaleString('en')} faults to mend:`,
  line: (line: number) => `Line ${line.toLocaleString('en')}`,
};

const he: typeof en = {
  faults: (count) => (count === 1 ? 'שגיאה אחת לתיקון:' : `${count.toLocaleString('he')} שגיאות לתיקון:`),
  line: (line) => `שורה ${line.toLocaleString('he')}`,
};

export const own = { en, he };
