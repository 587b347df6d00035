import { ValidateBy } from 'class-validator';

const MOST_BYTES = 8 * 1024;

/** A plain JSON object whose text is at most 8 KiB. */
export function IsSmallObject(): PropertyDecorator {
  return ValidateBy({
    name: 'isSmallObject',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Buffer.byteLength(JSON.stringify(value)) <= MOST_BYTES,
      defaultMessage: () => '$property must be a JSON object of at most 8 KiB',
    },
  });
}
