export const NOT_LEGAL_ADVICE =
  'This is not legal advice. It holds what a machine can watch, as far as we know the rules; ask a lawyer what your calls have to keep to.';
