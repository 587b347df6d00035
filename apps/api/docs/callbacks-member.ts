/** Member of an operation that becomes its `callbacks`: the package's own decorator for them knows no tags and one response. */
export const CALLBACKS_MEMBER = 'x-callbacks';
