const en = {
  mine: 'My views',
  noneSaved: 'None yet. A view is the filters that are set now, by a name of yours, in this browser.',
  saveView: 'Save these filters…',
  viewName: 'Name of the view',
  save: 'Save',
  forget: (name: string) => `Forget the view ${name}`,
  link: 'Copy link',
  more: 'More filters',
  zone: (zone: string) => `Times are in ${zone}`,
};

const he: typeof en = {
  mine: 'התצוגות שלי',
  noneSaved: 'אין עדיין. תצוגה היא המסננים שנבחרו עכשיו, בשם שתבחרו, בדפדפן הזה.',
  saveView: 'שמירת המסננים…',
  viewName: 'שם התצוגה',
  save: 'שמירה',
  forget: (name) => `מחיקת התצוגה ${name}`,
  link: 'העתקת קישור',
  more: 'מסננים נוספים',
  zone: (zone) => `הזמנים לפי ${zone}`,
};

export const own = { en, he };
