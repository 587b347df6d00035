/**
 * Names whose values are credentials. All are compared squeezed to letters and digits, in lower case, without an `x` in front
 * and a number behind. No dialect has a field of such a name; `representativecode` and `dtmf_key` are of calls.
 */
const SECRET_NAMES: ReadonlySet<string> = new Set(
  (
    'code phonelogincode pass pwd passwd psw pw password passphrase passcode passwort kennwort contrasena senha motdepasse ' +
    'wachtwoord parola haslo heslo pin pincode key secret token auth authorization authentication bearer jwt sig sign ' +
    'signature hash hmac credential credentials session sessionid sid otp cookie setcookie apikey accesskeyid secretword'
  ).split(' '),
);
/** Whatever stands in front of these. */
const SECRET_END =
  /(?:token|secret|passwor[dt]|passwd|passphrase|passcode|pwd|apikey|apisecret|signature|authorization|authentication|credentials?|phpsessid|jsessionid|cookie)$/;
/** What is a credential's only with a word in front that says so: `hangupcode` is none, nor are `monkey` and `compass`. */
const COMPOUND =
  /(?:(?:access|account|admin|api|app|auth|client|consumer|crypto|customer|encryption|hash|hmac|hook|integration|licen[cs]e|login|master|private|public|secret|security|service|session|shared|sign|signing|signature|subscription|token|user|webhook)key(?:id)?|(?:access|admin|auth|authorization|login|secret|security|user|verification)(?:code|pin|word|hash|pw|psw|pass)|(?:account|agent|api|client|db|ftp|http|key|mail|my|sip|smtp|web)pass|(?:pass|password)(?:word|hash|key)|asp(?:net)?sessionid[a-z]*|(?:auth|hmac|hook|request|webhook)(?:sig|sign|hash))$/;
/** A name any longer is none that anybody gave. */
const LONGEST = 200;

/** @param name  in any spelling */
export function isSecretName(name: string): boolean {
  const squeezed = name
    .slice(-LONGEST)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/\d{1,9}$/, '');
  return isSecret(squeezed) || (squeezed.startsWith('x') && isSecret(squeezed.slice(1)));
}

function isSecret(squeezed: string): boolean {
  return SECRET_NAMES.has(squeezed) || SECRET_END.test(squeezed) || COMPOUND.test(squeezed);
}
