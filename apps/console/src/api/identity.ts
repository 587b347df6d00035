/** Of whom requests are that no session is behind. In a variable: neither the browser's storage nor its history knows it. */
let token: string | undefined;

/** From now on requests are a portal's, and not those of who is signed in. @param next  undefined ends that */
export function speakWith(next: string | undefined): void {
  token = next;
}

/** The token of the portal that this page is; undefined where it is the page of who is signed in. */
export function bearer(): string | undefined {
  return token;
}
