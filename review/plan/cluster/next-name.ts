import { asList } from '../../../kube/loose';

/** A name for what replaces something: 'web-2' for 'web', 'web-3' for 'web-2', free among the names of a list. */
export function nextName(name: string, list: unknown): string {
  const taken = new Set(asList(list).map((member) => member.name));
  const [, stem, number] = /^(.*?)(?:-(\d{1,4}))?$/s.exec(name)!;
  let next = Number(number ?? 1) + 1;
  while (taken.has(`${stem}-${next}`)) {
    next++;
  }
  return `${stem}-${next}`;
}
