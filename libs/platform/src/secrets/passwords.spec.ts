import { describe, expect, it } from '@jest/globals';
import { Passwords } from './passwords.js';

describe('Passwords', () => {
  const passwords = new Passwords();

  it('keeps a password as a PHC string of its own salt, and knows it again', async () => {
    const [one, two] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
    expect(await passwords.matches('correct horse', one)).toBe(true);
    expect(await passwords.matches('correct horsf', one)).toBe(false);
  }, 30_000);

  it('knows a password that was hashed by other means', async () => {
    // RFC 7914, section 12, the second vector, shortened to 32 bytes: N=1024, r=8, p=16, password "password", salt "NaCl".
    const hash = Buffer.from('fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162', 'hex');
    const kept = `$scrypt$ln=10,r=8,p=16$TmFDbA$${hash.toString('base64').replaceAll('=', '')}`;
    expect(await passwords.matches('password', kept)).toBe(true);
  });

  it('takes a letter and its accent for the letter with the accent', async () => {
    const kept = await passwords.hash('caf\u00e9 au lait');
    expect(await passwords.matches('cafe\u0301 au lait', kept)).toBe(true);
  }, 30_000);

  it('lets nobody in who has no password', async () => {
    expect(await passwords.matches('', null)).toBe(false);
  });

  it('hashes two at a time, lets others wait, and turns away who comes when too many do', async () => {
    const busy = new Passwords();
    const kept = '$scrypt$ln=1,r=1,p=1$TmFDbA$AAAA';
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => busy.matches('x', kept)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(66);
    const refused = all.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'sign_in.busy', status: 503 });
    expect(await busy.matches('x', kept)).toBe(false);
  });
});
