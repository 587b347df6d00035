import { CONNECTORS } from '#crm';
import { asFormat } from './connector/as-format.js';
import type { Format } from './format.js';
import { email } from './email/email.js';
import { globalex } from './globalex/globalex.js';
import { standard } from './standard/standard.js';
import { template } from './template/template.js';
import { voicenter } from './voicenter/voicenter.js';
import { voipnow } from './voipnow/voipnow.js';
import { zammad } from './zammad/zammad.js';

/** Every format, one line each; the first is what an endpoint gets that asks for none. Connectors to CRMs come last. */
export const FORMATS: readonly Format[] = [
  standard,
  voicenter,
  voipnow,
  globalex,
  zammad,
  template,
  email,
  ...CONNECTORS.map(asFormat),
];

const byName = new Map(FORMATS.map((format) => [format.name, format]));

/** Undefined for a name that no format has. */
export function formatNamed(name: string): Format | undefined {
  return byName.get(name);
}
