/** Words between quotes, for a message. */
export function listed(words: readonly string[]): string {
  return words.map((w) => `'${w}'`).join(', ');
}

/** The known word that a misspelt one most likely means. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  return allNearest(word, known)[0];
}

/** The known words that a misspelt one most likely means: all of the smallest distance, in their order. */
export function allNearest(word: string, known: readonly string[]): string[] {
  let best: string[] = [];
  let bestDistance = Math.max(2, Math.floor(word.length / 3));
  for (const candidate of known) {
    // the distance is at least the difference in length: a very long word costs nothing
    if (Math.abs(word.length - candidate.length) > bestDistance) {
      continue;
    }
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance <= bestDistance) {
      best = distance < bestDistance ? [candidate] : [...best, candidate];
      bestDistance = distance;
    }
  }
  return best;
}

/** Of a longer key only the beginning is compared. */
const LONGEST_KEY = 60;

/** The known words that are most like another one: first those that share a part of it ('podLabels' and 'labels'), then by distance. */
export function mostAlike(word: string, known: readonly string[], count: number): string[] {
  const short = word.slice(0, LONGEST_KEY).toLowerCase();
  const parts = partsOf(word.slice(0, LONGEST_KEY));
  const distance = (candidate: string): number => {
    const shared = partsOf(candidate).filter((part) => parts.includes(part)).length;
    return editDistance(short, candidate.toLowerCase(), Number.POSITIVE_INFINITY) - shared * 100;
  };
  const ranked = known.map((candidate) => ({ candidate, distance: distance(candidate) }));
  return ranked
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** 'service', 'account' and 'name' of 'serviceAccountName', without an s at the end. */
function partsOf(word: string): string[] {
  const parts = word.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return parts.map((part) => part.toLowerCase().replace(/s$/, ''));
}

/** Infinite where it is more than `most`. */
function editDistance(a: string, b: string, most: number): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + change));
    }
    // no later row has less
    if (Math.min(...current) > most) {
      return Number.POSITIVE_INFINITY;
    }
    previous = current;
  }
  return previous[b.length]!;
}

/** The path of a key: 'vpc.cidr', or "labels['example.com/pool']" where a dot would mislead. */
export function keyPath(parent: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) {
    return `${parent}[${/['\\\p{C}\u2028\u2029]/u.test(key) ? JSON.stringify(key) : `'${key}'`}]`;
  }
  return parent === '' ? key : `${parent}.${key}`;
}

/** The path of keys and positions below a field. */
export function pathOf(start: string, parts: readonly (string | number)[]): string {
  return parts.reduce<string>((path, at) => (typeof at === 'number' ? indexPath(path, at) : keyPath(path, at)), start);
}

/** The path of an item of a list: 'containers[0]'. */
export function indexPath(parent: string, index: number): string {
  return `${parent}[${index}]`;
}

/** Whether a field is a part of an object, or lies below it: 'spec.ports[0].port' in 'spec.ports'. */
export function isFieldWithin(field: string, part: string): boolean {
  return field.startsWith(part) && (field.length === part.length || /[.[]/.test(field.charAt(part.length)));
}

/** A path without slashes at its end; the root stays '/'. */
export function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') {
    end--;
  }
  return path.slice(0, end);
}

/** The characters right before a place, at most so many, as far as they are of a kind. A step back costs one test. */
export function charactersBefore(text: string, at: number, most: number, kind: RegExp): string {
  let start = at;
  while (start > 0 && at - start < most && kind.test(text.charAt(start - 1))) {
    start--;
  }
  return text.slice(start, at);
}
