import * as fs from 'node:fs';
import * as path from 'node:path';
import { CHECK_RULES } from '../../review/check-rules';
import { sourcesIn } from '../architecture/sources';
import { REPOSITORY } from './support';

/** What cannot be written has no level and no waiver. */
const REFUSED = ['app', 'objects', 'output', 'props', 'requirements'];

test('levels and waivers may name every rule of a check, and no other', () => {
  const found = sourcesIn('charts').flatMap((file) =>
    [...fs.readFileSync(path.join(REPOSITORY, file), 'utf8').matchAll(/rule: '([a-z-]+\/[a-z-]+)'/g)].map(
      ([, id]) => id!,
    ),
  );
  const known = new Set(Object.keys(CHECK_RULES));
  expect(found.filter((id) => !known.has(id) && !REFUSED.includes(id.split('/')[0]!))).toEqual([]);
  expect([...known].filter((id) => !found.includes(id))).toEqual([]);
});
