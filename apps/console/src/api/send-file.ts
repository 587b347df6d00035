import { addressOf, headersOf, type AnswerOf, type OperationName, type QueryOf } from './ask';
import { ROUTES } from './operations';
import { Problem, problemOf } from './problem';

interface Sent<N extends OperationName> {
  path?: Readonly<Record<string, string>>;
  query: QueryOf<N>;
  tenant: string;
  file: Blob;
  type: string;
  /** Told as it goes, from 0 to 1. */
  progress?: (part: number) => void;
  signal?: AbortSignal;
}

/**
 * Sends a file of any size to the API, piece by piece as the browser reads it. `fetch` does not say how far it is.
 *
 * @throws Problem whenever the answer is not what was asked for
 */
export function sendFile<N extends OperationName>(name: N, sent: Sent<N>): Promise<AnswerOf<N>> {
  const { path = {}, query, tenant, file, type, progress, signal } = sent;
  const [method = '', template = ''] = ROUTES[name].split(' ');
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open(method, addressOf(template, { path, query: query }));
    const headers = { ...headersOf({ tenant }), 'content-type': type };
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value);
    request.upload.onprogress = ({ loaded, total }) => {
      progress?.(total === 0 ? 0 : loaded / total);
    };
    request.onload = () => {
      const { status, responseText: text } = request;
      if (status >= 200 && status < 300) resolve(JSON.parse(text) as AnswerOf<N>);
      else reject(problemOf(status, text, request.getResponseHeader('x-request-id')));
    };
    request.onerror = () => {
      reject(new Problem('', { status: 0, code: 'network.unreachable' }));
    };
    request.onabort = () => {
      reject(new DOMException('', 'AbortError'));
    };
    signal?.addEventListener('abort', () => {
      request.abort();
    });
    request.send(file);
  });
}
