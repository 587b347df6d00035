/** Whether an address is a page. Whatever a CRM has sent: a link that runs a script is none. */
export function isPage(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
