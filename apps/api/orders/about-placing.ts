/** What an order may be answered, by whomever it is placed. */
export const ORDER_PROBLEMS = [404, 409, 422, 429, 501] as const;
export const ABOUT_PLACING =
  'It is kept before anything is sent to the PBX, and sent once. `state` is `accepted`, or `unknown` where the PBX did not answer ' +
  'clearly: then it is not sent again, and `order.placed` or `order.failed` tells what came of it. The same order of the same ' +
  'caller within two seconds gets the first one’s answer; an `Idempotency-Key` does so for a day.';
