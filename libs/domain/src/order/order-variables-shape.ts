import { named, text, type Shape } from '../document/shape.js';
import { LONGEST_ORDER_VARIABLE, MOST_ORDER_VARIABLES } from './order.js';

/** What is told with a call, under names that every vendor's API can carry. */
export const orderVariables: Shape<Record<string, string>> = named(text({ max: LONGEST_ORDER_VARIABLE }), {
  max: MOST_ORDER_VARIABLES,
  name: /^[A-Za-z][A-Za-z0-9_]{0,39}$/,
  says: 'it has to be a letter, and then letters, digits and underscores, 40 at most',
});
