/**
 * What template languages, databases and programs leave in a message where they have no value, and what vendors call the
 * fields that ids come in. Tables, because there is no rule to them. Lower case, without the marks that may stand around them.
 */

/** Whatever the field is. */
export const WORDS: ReadonlySet<string> = new Set([
  'null',
  'nul',
  'nil',
  'undefined',
  'undef',
  'none',
  'nothing',
  'false',
  'n/a',
  'n\\a',
  'na',
  'n.a.',
  'n.a',
  '#n/a',
  '#ref!',
  '#value!',
  '#name?',
  '\\n',
  'nan',
  'unknown',
  'unset',
  'not set',
  'not available',
  'no value',
  'empty',
  'blank',
  '%!s(<nil>)',
  '%!s(missing)',
  '[object object]',
  '[object undefined]',
  '[object null]',
  'system.object',
  'array',
  'ללא',
  'אין',
]);

/**
 * As an id these name nothing either: a truth, a number that stands for none, what a caller without a number is called, and
 * what people leave in a form that they mean to fill in later.
 */
export const NO_IDS: ReadonlySet<string> = new Set([
  'true',
  'yes',
  'no',
  'on',
  'off',
  'void',
  '-1',
  'infinity',
  '-infinity',
  'anonymous',
  'restricted',
  'private',
  'withheld',
  'string',
  'object',
  'missing',
  'placeholder',
  'changeme',
  'change_me',
  'todo',
  'tbd',
  'vide',
  'leer',
  'нет',
  'пусто',
  'לא ידוע',
  'לא זמין',
  'לא מזוהה',
  'חסוי',
  'חסום',
  'פרטי',
  'ריק',
]);

/** The variable that an id should have come from, squeezed. No PBX gives such an id. */
export const ID_VARIABLES: ReadonlySet<string> = new Set(
  (
    'id callid calluid calluuid callguid uuid guid uid uniqueid linkedid sessionid channelid ivruniqueid ivruniqeid ivrid ' +
    'ivrcallid callapiid'
  ).split(' '),
);

/** What vendors call the fields in which ids and values come: a template that was never filled in names them. Squeezed. */
export const VARIABLES: ReadonlySet<string> = new Set([
  ...ID_VARIABLES,
  ...(
    'caller callerid callernum callernumber callerphone calleridnum calleridname callername phone phonenumber number num name ' +
    'from to target targetnum did dnid ext extension extensionnum extentionnum exten extenuser queue queueid queuename agent ' +
    'agentid agentname agentcode representative representativename representativecode department departmentid departmentname ' +
    'dtmf digits menu layer layerid status type time duration dialtime record recording price direction customdata'
  ).split(' '),
]);
