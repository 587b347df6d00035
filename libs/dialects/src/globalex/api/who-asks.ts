import type { AskedFields } from '../../content/asked-fields.js';
import type { Presented } from '../../facade.js';

/** An organisation's token, or a user with a password in an organisation (seed 004, every table of parameters). */
export function whoAsks(fields: AskedFields): Presented {
  const code = fields.text('org_token');
  if (code !== null) return { kind: 'code', code };
  const [user, password] = [fields.text('user', 'username'), fields.text('pass', 'password')];
  if (user === null || password === null) return { kind: 'none' };
  return { kind: 'login', user, password, organisation: fields.text('org') };
}
