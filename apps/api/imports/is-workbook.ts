/** How workbooks of Excel begin, new ones (which are ZIP archives) and old ones. */
const BEGINNINGS = ['504b0304', 'd0cf11e0'];

/** What many send who were asked for a table. */
export function isWorkbook(start: Uint8Array): boolean {
  return BEGINNINGS.includes(Buffer.from(start.subarray(0, 4)).toString('hex'));
}
