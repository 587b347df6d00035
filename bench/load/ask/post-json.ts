/** A whole HTTP request that posts a JSON text. */
export function postJson(url: URL, value: unknown): Buffer {
  const body = JSON.stringify(value);
  return Buffer.from(
    `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n` +
      `content-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
  );
}
