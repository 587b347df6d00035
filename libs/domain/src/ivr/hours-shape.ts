/** Business hours in a document. */
import { date } from './action-shapes.js';
import type { HoursRange, IvrHours, Weekday } from './ivr-flow.js';
import { note, under } from '../document/problem.js';
import { listOf, members, named, or, text, type Shape } from '../document/shape.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const clock = text({
  max: 5,
  like: /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/,
  says: 'a time of day from 00:00 to 24:00',
});
const pair = listOf(clock, { min: 2, max: 2 });

const range: Shape<HoursRange> = (value, at) => {
  const before = at.problems.length;
  const [from = '', to = ''] = pair(value, at);
  if (at.problems.length === before && from >= to) {
    note(
      at,
      'This has to begin before it ends; hours over midnight are two ranges, to 24:00 and from 00:00.',
    );
  }
  return [from, to];
};

const ranges = or(listOf(range, { max: 10 }), []);

const EMPTY_WEEK: Record<Weekday, HoursRange[]> = {
  mon: [],
  tue: [],
  wed: [],
  thu: [],
  fri: [],
  sat: [],
  sun: [],
};

/** Hours of the days of a week; a day that is left out has none. */
export const weeklyHours = members<Record<Weekday, HoursRange[]>>({
  mon: ranges,
  tue: ranges,
  wed: ranges,
  thu: ranges,
  fri: ranges,
  sat: ranges,
  sun: ranges,
});

const shape = members<IvrHours>({
  weekly: or(weeklyHours, EMPTY_WEEK),
  closed: or(listOf(date, { max: 400 }), []),
  open: or(named(ranges, { max: 400, name: DATE, says: 'it has to be a date, such as 2024-06-01' }), {}),
});

export const hours: Shape<IvrHours> = (value, at) => {
  const read = shape(value, at);
  for (const day of Object.keys(read.open)) {
    const place = under(under(at, 'open'), day);
    if (DATE.test(day)) date(day, place);
    if (read.closed.includes(day)) note(place, 'This date is closed as well.');
  }
  return read;
};
