import type { PlanFormat } from './entries';

/** For programs: the plan as it is, with the unchanged objects. */
export const json: PlanFormat = ({ version, from, to, unread, ...plan }) =>
  `${JSON.stringify({ version, from, to, unread, ...plan }, null, 2)}\n`;
