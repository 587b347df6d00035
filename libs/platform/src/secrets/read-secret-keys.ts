import { AppError } from '#domain';

/** `current` is the one to seal and sign with; `all` by their ids, which hold it too. */
export interface SecretKeys {
  current: readonly [id: string, key: Buffer];
  all: ReadonlyMap<string, Buffer>;
}

const KEY_BYTES = 32;
const KEY_ENTRY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]+={0,2})$/;

/**
 * @param text  `id:base64` of 32 bytes, several separated by commas; the first one is the current key
 * @throws AppError `secrets.bad_keys` (misconfigured); the message shows no key
 */
export function readSecretKeys(text: string): SecretKeys {
  const keys = new Map<string, Buffer>();
  for (const [index, entry] of text.split(',').entries()) {
    const [, id, base64] = KEY_ENTRY.exec(entry.trim()) ?? [];
    if (id === undefined || base64 === undefined)
      throw badKeys(`entry ${index + 1} is not of the form id:base64`);
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length !== KEY_BYTES)
      throw badKeys(`key ${id} has ${bytes.length} bytes instead of ${KEY_BYTES}`);
    if (keys.has(id)) throw badKeys(`the id ${id} is there twice`);
    keys.set(id, bytes);
  }
  const [current] = keys;
  if (current === undefined) throw badKeys('there is none');
  return { current, all: keys };
}

function badKeys(what: string): AppError {
  return new AppError(
    'misconfigured',
    'secrets.bad_keys',
    `The list of encryption keys cannot be used: ${what}.`,
  );
}
