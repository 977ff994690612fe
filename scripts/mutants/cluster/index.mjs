// Promises of behaviour, each broken in turn: the files beside this one are named after the test file in test/cluster that
// must notice. An entry is [what, snippet, replacement, { in, beside }].
import { readdirSync } from 'node:fs';

const folder = new URL('.', import.meta.url);
const topics = readdirSync(folder)
  .filter((file) => file !== 'index.mjs')
  .map((file) => file.replace(/\.mjs$/, ''))
  .sort();

/** The entries of all topics, each with the name of its test file. */
export const clusterMutants = (
  await Promise.all(
    topics.map(async (topic) => {
      const { default: mutants } = await import(new URL(`${topic}.mjs`, folder));
      return mutants.map(([what, snippet, replacement, scope]) => [
        `${topic}: ${what}`,
        snippet,
        replacement,
        { ...scope, test: topic },
      ]);
    }),
  )
).flat();
