import type { DeliveryDto } from '../api/operations';
import { isolated } from '../texts/isolated';

export type ReasonCode = NonNullable<DeliveryDto['reasonCode']>;
export type ReasonParams = Readonly<Record<string, unknown>>;

const MANY = new Intl.PluralRules('he');

function text(params: ReasonParams, name: string): string {
  const value = params[name];
  return typeof value === 'string' || typeof value === 'number' ? isolated(String(value)) : '';
}

function tries(params: ReasonParams): string {
  const count = typeof params['tries'] === 'number' ? params['tries'] : 0;
  const kind = MANY.select(count);
  return kind === 'one' ? 'ניסיון אחד' : kind === 'two' ? 'שני ניסיונות' : `${count} ניסיונות`;
}

function over({ overSeconds }: ReasonParams): string {
  if (typeof overSeconds !== 'number' || overSeconds === 0) return '';
  const steps = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  const [unit, size] = steps.find(([, seconds]) => overSeconds >= seconds) ?? ['second', 1];
  const options = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 } as const;
  return ` במשך ${new Intl.NumberFormat('he', options).format(overSeconds / size)}`;
}

/** What brought it about, which is a sentence of the table itself. */
function cause(params: ReasonParams): string {
  const { causeCode } = params;
  if (typeof causeCode !== 'string' || !(causeCode in HEBREW_REASONS)) return '';
  if (causeCode === 'other') return ` ${text(params, 'cause')}`;
  return ` ${HEBREW_REASONS[causeCode as ReasonCode](params)}`;
}

const tail = (params: ReasonParams, name: string): string => {
  const words = text(params, name);
  return words === '' ? '.' : `: ${words}.`;
};

/** Why something is as it is, by the server's code. */
export const HEBREW_REASONS: Readonly<Record<ReasonCode, (params: ReasonParams) => string>> = {
  retries_used_up: (p) => `ויתרנו אחרי ${tries(p)}${over(p)}.${cause(p)}`,
  refusals_used_up: (p) => `סורב ב־${tries(p)}${over(p)}.${cause(p)}`,
  retry_scheduled: (p) => `ניסיון נוסף בעוד ${text(p, 'seconds')} שניות.`,
  endpoint_waits: (p) => `היעד ביקש להמתין ${text(p, 'seconds')} שניות; הניסיון הזה לא נספר.`,
  token_renewed: () => 'אסימון הגישה סורב: נוסה שוב מיד עם אסימון חדש; הניסיון הזה לא נספר.',
  endpoint_was_disabled: (p) => `היעד הושבת.${cause(p)}`,
  no_message: (p) => `לתבנית ${text(p, 'format')} אין הודעה: ${text(p, 'reason')}.`,
  event_gone: () => 'האירוע כבר אינו שמור.',
  our_fault: (p) => `התקלה אצלנו${tail(p, 'message')}`,
  endpoint_disabled: () => 'היעד מושבת.',
  endpoint_paused: () => 'היעד מושהה.',
  replay_cancelled: () => 'השליחה החוזרת בוטלה.',
  endpoint_being_enabled: () => 'היעד בתהליך הפעלה.',
  endpoint_deleted: () => 'היעד נמחק.',
  connection_deleted: () => 'החיבור נמחק.',
  number_erased: () => 'המספר נמחק לבקשה.',
  call_not_there: () => 'השיחה שבה מדובר אינה קיימת.',
  too_many_notes: () => 'לשיחה כבר יש מספר ההערות המרבי.',
  unknown_to_this_build: () => 'הגרסה הזאת אינה מכירה את ההודעה.',
  not_enabled_any_more: () => 'היעד כבר אינו בתהליך הפעלה.',
  no_success: (p) => `אף משלוח לא הצליח${over(p)}.`,
  stopped_by_api: () => 'הופסק דרך ה־API.',
  already_has_it: (p) => `היעד ענה ${text(p, 'status')}: ההודעה כבר אצלו, ולכן היא נחשבת כנמסרה.`,
  wants_no_more: (p) => `היעד ענה ${text(p, 'status')}. הוא אינו רוצה עוד הודעות.`,
  credentials_refused: (p) => `היעד ענה ${text(p, 'status')}. הוא אינו מקבל את ההרשאות שלנו.`,
  redirect: (p) => `היעד ענה ${text(p, 'status')}. איננו עוקבים אחר הפניות; יש להגדיר את הכתובת הסופית.`,
  refused_for_good: (p) => `היעד ענה ${text(p, 'status')} וסירב להודעה לצמיתות${tail(p, 'reason')}`,
  refused: (p) => `היעד ענה ${text(p, 'status')} אבל סירב להודעה${tail(p, 'reason')}`,
  throttled: (p) => `היעד ענה ${text(p, 'status')} וביקש להמתין; נמתין ${text(p, 'seconds')} שניות.`,
  answered: (p) => `היעד ענה ${text(p, 'status')}.`,
  mail_taken: (p) => `שרת הדואר קיבל את ההודעה${tail(p, 'words')}`,
  mail_not_now: (p) => `שרת הדואר לא קיבל את ההודעה כעת${tail(p, 'words')}`,
  mail_refused: (p) => `שרת הדואר סירב להודעה${tail(p, 'words')}`,
  token_refused_again: (p) => `דורש טיפול: גם אסימון גישה חדש סורב.${cause(p)}`,
  no_token: () => 'אין אסימון גישה.',
  other: (p) => text(p, 'words'),
};
