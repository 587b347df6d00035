import type { GuideTrialDto } from '../api/operations';

/** A command for a shell that sends a made-up webhook. */
export function trialCurl({ method, url, contentType, body }: GuideTrialDto): string {
  const parts = ['curl -i', ...(method === 'GET' ? [] : [`-X ${method}`]), quoted(url)];
  if (contentType !== null) parts.push(`-H ${quoted(`Content-Type: ${contentType}`)}`);
  if (body !== null) parts.push(`--data-raw ${quoted(body)}`);
  return parts.join(' ');
}

/** In single quotes a shell changes nothing; a quote itself ends them, stands alone and begins them anew. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
