const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
/** Made where the request is sent or signed. */
const OURS =
  /^(host|connection|content-length|content-type|transfer-encoding|upgrade|te|trailer|expect|keep-alive|proxy-.*|webhook-.*)$/;

/**
 * Whether a tenant may set this header of the requests that go to him.
 *
 * @param name  in lower case
 */
export function maySetHeader(name: string): boolean {
  return TOKEN.test(name) && !OURS.test(name);
}
