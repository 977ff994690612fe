import type { PlanFormat } from './entries';
import { markdown } from './markdown';
import { text } from './text';

/** For programs: the plan as it is, with the unchanged objects. */
const json: PlanFormat = ({ version, from, to, unread, ...plan }) =>
  `${JSON.stringify({ version, from, to, unread, ...plan }, null, 2)}\n`;

/** Every format of a plan, by the name that --format takes. */
export const PLAN_FORMATS: Readonly<Record<string, PlanFormat>> = { text, json, markdown };
