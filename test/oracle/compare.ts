import { isObject, type Json, type JsonObject } from './generator/template';
import { type Judgement, judge } from './judge';
import { type Verdict, verdicts } from './oracle';

/** A ClusterConfig that eksctl and we judge differently, as small as it gets. */
export interface Difference {
  readonly config: JsonObject;
  readonly theirs: Verdict;
  readonly ours: Judgement;
}

/** What both say of each config; JSON is YAML, and leaves no doubt about its values. */
export function compared(configs: readonly JsonObject[]): Difference[] {
  const theirs = verdicts(configs.map((config, i) => ({ file: `${i}`, yaml: JSON.stringify(config) })));
  return configs.map((config, i) => ({ config, theirs: theirs[i]!, ours: judge(config) }));
}

export function differs({ theirs, ours }: Difference): boolean {
  return theirs.ok === ours.refuses;
}

/** Drops sections, keys and items for as long as the two still differ, and eksctl stops at the same stage. */
export function minimised(difference: Difference): Difference {
  for (let found = difference; ; ) {
    const next = compared(smaller(found.config)).find((other) => differs(other) && stageOf(other) === stageOf(found));
    if (next === undefined) {
      return found;
    }
    found = next;
  }
}

function stageOf({ theirs }: Difference): string {
  return theirs.ok ? '' : theirs.first!.replace(/\d+/, '');
}

/** The config without one key or item, the smallest first. What makes it a ClusterConfig at all stays. */
function smaller({ apiVersion, kind, ...rest }: JsonObject): JsonObject[] {
  const head = Object.fromEntries(Object.entries({ apiVersion, kind }).filter(([, value]) => value !== undefined));
  const configs = without(rest).map((less) => ({ ...head, ...(less as JsonObject) }) as JsonObject);
  return configs.sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
}

function without(value: Json): Json[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => [
      value.filter((_, j) => j !== i),
      ...without(item).map((less) => value.map((other, j) => (j === i ? less : other))),
    ]);
  }
  if (!isObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]) => {
    const { [key]: _, ...rest } = value;
    return [rest, ...without(item).map((less) => ({ ...value, [key]: less }))];
  });
}
