import type { PlanFormat } from './entries';
import { json } from './json';
import { markdown } from './markdown';
import { text } from './text';

/** Every format of a plan, by the name that --format takes. */
export const PLAN_FORMATS: Readonly<Record<string, PlanFormat>> = { text, json, markdown };
