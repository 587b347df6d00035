import { popupSettingFaults, timingSettingFaults } from '#domain';
import { invalidRequest } from '../http/validation.pipe.js';

/**
 * The settings of a connection, when those that we know of are well-formed; others are not looked at.
 *
 * @throws AppError `request.invalid` that names each of them
 */
export function checkedSettings<S extends Record<string, unknown> | undefined>(settings: S): S {
  const given = settings ?? {};
  const errors = [...popupSettingFaults(given), ...timingSettingFaults(given)].map(({ setting, fault }) => ({
    field: `settings.${setting}`,
    message: `settings.${setting} ${fault}`,
  }));
  if (errors.length > 0) throw invalidRequest(errors);
  return settings;
}
