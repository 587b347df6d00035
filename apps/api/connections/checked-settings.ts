import { popupSettingFaults, timingSettingFaults } from '#domain';
import type { Dialect } from '#dialects';
import { invalidRequest } from '../http/validation.pipe.js';

/**
 * The settings of a connection, when those that we know of are well-formed; others are not looked at.
 *
 * @param dialect  undefined where it is of none that this build has
 *
 * @throws AppError `request.invalid` that names each of them
 */
export function checkedSettings<S extends Record<string, unknown> | undefined>(
  settings: S,
  dialect: Dialect | undefined,
): S {
  const given = settings ?? {};
  const errors = [...popupSettingFaults(given), ...timingSettingFaults(given)].map(({ setting, fault }) => ({
    field: `settings.${setting}`,
    message: `settings.${setting} ${fault}`,
  }));
  for (const { path, message } of dialect?.settingProblems?.(given) ?? []) {
    errors.push({ field: `settings.${path}`, message });
  }
  if (errors.length > 0) throw invalidRequest(errors);
  return settings;
}
