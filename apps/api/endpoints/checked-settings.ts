import { formatNamed } from '#formats';
import { checkTargetUrl, type TargetPolicy } from '#platform';
import { invalidRequest, type FieldError } from '../http/validation.pipe.js';

/**
 * A format's settings as they are stored, checked by the format, and its URLs by the SSRF guard.
 *
 * @param given  undefined: none
 * @param options.before  settings of the same format that these take the place of
 * @throws AppError `request.invalid` with the path of every member that is wrong
 */
export function checkedSettings(
  format: string,
  given: unknown,
  { targets, before }: { targets: TargetPolicy; before?: Readonly<Record<string, unknown>> | undefined },
): Record<string, unknown> {
  const kind = formatNamed(format);
  const whole = before === undefined ? given : (kind?.inPlaceOf?.(given, before) ?? given);
  const prepared = kind?.prepare(whole);
  if (prepared === undefined)
    throw invalidRequest([{ field: 'format', message: 'There is no such format.' }]);
  if (!prepared.ok) throw invalidRequest(prepared.problems.map(({ path, message }) => fault(path, message)));
  const faults = prepared.writer.urls.flatMap(({ path, url }) => {
    const verdict = checkTargetUrl(url, targets);
    return verdict.ok ? [] : [fault(path, verdict.reason)];
  });
  if (faults.length > 0) throw invalidRequest(faults);
  return prepared.writer.settings;
}

function fault(path: string, message: string): FieldError {
  return { field: path === '' ? 'formatSettings' : `formatSettings.${path}`, message };
}
