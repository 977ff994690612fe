import { IAM_DATA } from './iam-data';

interface IamAction {
  readonly name: string;
  readonly kinds: readonly string[];
  /** Whether it can be allowed without a wildcard as resource. */
  readonly hasResources: boolean;
}

/** A service of IAM. */
interface IamService {
  /** Shapes of ARNs without the partition, by kind of resource. */
  readonly kinds: ReadonlyMap<string, string>;
  /** Kinds of resources by the name of an action in lowercase, as IAM compares it; none where it works on no resource. */
  readonly actions: ReadonlyMap<string, IamAction>;
}

let services: ReadonlyMap<string, IamService> | undefined;

/** The services of the list; read when the first policy is. */
function serviceOf(name: string): IamService | undefined {
  services ??= new Map(
    IAM_DATA.trim()
      .split(/^= /m)
      .slice(1)
      .map((text) => serviceIn(text.trimEnd().split('\n'))),
  );
  return services.get(name);
}

function serviceIn([head = '', ...lines]: readonly string[]): readonly [string, IamService] {
  const [name = '', ...kinds] = head.split(' ');
  const actions = lines.flatMap((line) => {
    const [before = '', names = ''] = line.split(': ');
    const of = before
      .replace(/\??:?$/, '')
      .split(',')
      .filter(Boolean);
    const hasResources = of.length > 0 && !before.endsWith('?');
    return names.split(' ').map((each) => [each.toLowerCase(), { name: each, kinds: of, hasResources }] as const);
  });
  const pair = (kind: string) => [kind.slice(0, kind.indexOf('=')), kind.slice(kind.indexOf('=') + 1)] as const;
  return [name, { kinds: new Map(kinds.map(pair)), actions: new Map(actions) }];
}

/** An action of a policy, held against the list. */
export interface NamedAction {
  /** Names of the actions that it allows: one, or with wildcards several; none where there is no such action. */
  readonly names: readonly string[];
  /** All actions of the service. */
  readonly known: readonly string[];
  /** Kinds of resources that all of them together work on; empty where none of them works on a resource. */
  readonly shapes: readonly string[];
  /** Whether each of them works on resources of some kind. */
  readonly hasResources: boolean;
}

/** What 'service:Action' names; undefined for a service that the list does not have, and for what is no such text. */
export function namedAction(text: string): NamedAction | undefined {
  const [prefix = '', pattern = ''] = text.split(':');
  const service = serviceOf(prefix.toLowerCase());
  if (service === undefined || pattern === '') {
    return undefined;
  }
  const isPattern = /[*?]/.test(pattern);
  const exact = service.actions.get(pattern.toLowerCase());
  const found = isPattern
    ? [...service.actions.values()].filter(({ name }) => overlaps(pattern.toLowerCase(), name.toLowerCase()))
    : exact
      ? [exact]
      : [];
  return {
    names: found.map(({ name }) => name),
    known: [...service.actions.values()].map(({ name }) => name),
    shapes: [...new Set(found.flatMap(({ kinds }) => kinds))].map((kind) => service.kinds.get(kind)!),
    hasResources: found.every((action) => action.hasResources),
  };
}

/** Whether a resource of a policy can be of a shape: '*' and '?' in it stand for anything, also across colons. */
export function isOfShape(resource: string, shape: string): boolean {
  if (resource === '*') {
    return true;
  }
  const behind = /^arn:[^:]*:(.*)$/s.exec(resource)?.[1];
  return behind !== undefined && overlaps(behind, shape);
}

/** Whether some text matches both of two patterns with '*' and '?'. */
function overlaps(a: string, b: string): boolean {
  // row i: which prefixes of b can match the same text as the first i characters of a
  let row = startOf(b);
  for (const char of a) {
    const next: boolean[] = [char === '*' ? row[0]! : false];
    for (let j = 1; j <= b.length; j++) {
      const other = b[j - 1]!;
      next[j] =
        char === '*'
          ? row[j]! || next[j - 1]!
          : other === '*'
            ? row[j]! || next[j - 1]!
            : row[j - 1]! && (char === other || char === '?' || other === '?');
    }
    row = next;
  }
  return row[b.length]!;
}

/** An empty text is matched by stars alone. */
function startOf(b: string): boolean[] {
  const row = [true];
  for (let j = 1; j <= b.length; j++) {
    row[j] = row[j - 1]! && b[j - 1] === '*';
  }
  return row;
}
