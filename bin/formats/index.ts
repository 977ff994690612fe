import type { Format } from '../report';
import { github } from './github';
import { json } from './json';
import { junit } from './junit';
import { markdown } from './markdown';
import { sarif } from './sarif';
import { text } from './text';

/** Every format, by the name that --format takes. */
export const FORMATS: Readonly<Record<string, Format>> = { text, json, sarif, junit, github, markdown };
