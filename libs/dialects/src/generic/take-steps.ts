import type { Step } from './mapping.js';

const ANGLED = /^([^<>]{0,200})<([^<>]{0,200})>/;
const WEB_ADDRESS = /^https?:\/\/[^\s/]/i;
const DIGITS_ONLY = /^\d{6,20}$/;

/** What the steps make of a text, one after the other; empty for nothing. */
export function takeSteps(text: string, steps: readonly Step[]): string {
  let taken = text;
  for (const step of steps) taken = typeof step === 'string' ? takeLone(taken, step) : takeWith(taken, step);
  return taken;
}

function takeLone(text: string, step: Extract<Step, string>): string {
  switch (step) {
    case 'trim':
      return text.trim();
    case 'lower':
      return text.toLowerCase();
    case 'digits':
      return text.replace(/\D/g, '');
    case 'urlDecoded':
      return urlDecoded(text);
    case 'base64Decoded':
      return Buffer.from(text, 'base64').toString().replaceAll('\0', '').toWellFormed();
    case 'sipUser':
      return sipUser(text);
    case 'numberIn':
      return (ANGLED.exec(text)?.[2] ?? text).trim();
    case 'nameIn':
      return (ANGLED.exec(text)?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1');
    case 'plus':
      return DIGITS_ONLY.test(text.trim()) ? `+${text.trim()}` : text;
    case 'webAddress':
      return WEB_ADDRESS.test(text.trim()) ? text.trim() : '';
  }
}

function takeWith(text: string, step: Exclude<Step, string>): string {
  if ('withoutPrefix' in step) {
    return text.startsWith(step.withoutPrefix) ? text.slice(step.withoutPrefix.length) : text;
  }
  if ('withoutSuffix' in step) {
    return text.endsWith(step.withoutSuffix) ? text.slice(0, -step.withoutSuffix.length) : text;
  }
  if ('before' in step) {
    const at = text.indexOf(step.before);
    return at === -1 ? text : text.slice(0, at);
  }
  if ('after' in step) {
    const at = text.indexOf(step.after);
    return at === -1 ? text : text.slice(at + step.after.length);
  }
  return text === '' ? '' : step.prefix + text;
}

function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ')).replaceAll('\0', '').toWellFormed();
  } catch {
    return text;
  }
}

/** RFC 3261: `"Ann" <sip:101;x=1@pbx.example:5060;transport=tcp>`. */
function sipUser(text: string): string {
  const inner = (ANGLED.exec(text)?.[2] ?? text).trim().replace(/^(?:sips?|tel):/i, '');
  const user = inner.split('@', 1)[0] ?? '';
  return user.split(';', 1)[0] ?? '';
}
