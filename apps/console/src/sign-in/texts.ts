const en = {
  title: 'Sign in',
  email: 'E-mail address',
  name: 'Your name',
  password: 'Password',
  newPassword: 'New password',
  newPasswordHint: 'At least 10 characters',
  code: 'Code of your app, or a recovery code',
  company: 'Use my company account',
  companyAbout: 'Your address says where your company signs you in.',
  companyNone: 'No company account is known for this address: sign in with a password.',
  usePassword: 'Use a password',
  forgotten: 'I have forgotten my password',
  forgottenTitle: 'New password',
  forgottenAbout:
    'A link is mailed to you, if this installation sends mail. Else ask an administrator for one.',
  mailLink: 'Mail me a link',
  mailed: 'If there is somebody with this address, a link is on its way.',
  setupTitle: 'Welcome',
  setupAbout: 'Make the first operator of this installation.',
  invitedTitle: 'You are invited',
  invited: (role: string, tenant: string) => `You become ${role} of ${tenant}.`,
  installation: 'this installation',
};

const he: typeof en = {
  title: 'כניסה',
  email: 'כתובת דוא״ל',
  name: 'השם שלך',
  password: 'סיסמה',
  newPassword: 'סיסמה חדשה',
  newPasswordHint: 'לפחות 10 תווים',
  code: 'קוד מהאפליקציה, או קוד שחזור',
  company: 'כניסה עם חשבון הארגון',
  companyAbout: 'לפי הכתובת נדע היכן הארגון שלך מזהה אותך.',
  companyNone: 'לא מוכר חשבון ארגוני לכתובת הזו: יש להיכנס עם סיסמה.',
  usePassword: 'כניסה עם סיסמה',
  forgotten: 'שכחתי את הסיסמה',
  forgottenTitle: 'סיסמה חדשה',
  forgottenAbout: 'קישור יישלח אליך, אם המערכת שולחת דוא״ל. אחרת יש לבקש קישור ממנהל.',
  mailLink: 'שליחת קישור',
  mailed: 'אם הכתובת מוכרת, קישור בדרך אליה.',
  setupTitle: 'ברוכים הבאים',
  setupAbout: 'יצירת המפעיל הראשון של המערכת.',
  invitedTitle: 'הוזמנת',
  invited: (role, tenant) => `תפקידך יהיה ${role} אצל ${tenant}.`,
  installation: 'המערכת',
};

export type SignInTexts = typeof en;

/** What people are told who come in. */
export const own = { en, he };
