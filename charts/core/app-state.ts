import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IConstruct } from 'constructs';
import { PropsError } from './errors';

/** The same symbol in every copy of the library, so that copies see each other. */
const KEY = Symbol.for('cdk8s-eks-patterns.app-state');

/** What the library keeps about an app, beside its constructs; on the root construct. */
interface AppState {
  /** Where the copy of the library is that made it: copies do not share classes. */
  readonly copy: string;
  readonly slots: Map<string, unknown>;
}

/** A named part of the state of an app. */
export class AppSlot<T> {
  constructor(
    private readonly name: string,
    private readonly create: () => T,
  ) {}

  /** Of the app of a construct. */
  of(construct: IConstruct): T {
    const { slots } = stateOf(construct);
    if (!slots.has(this.name)) {
      slots.set(this.name, this.create());
    }
    return slots.get(this.name) as T;
  }
}

function stateOf(construct: IConstruct): AppState {
  const { root, path } = construct.node;
  const holder = root as unknown as { [KEY]?: AppState };
  const state = holder[KEY] ?? { copy: __dirname, slots: new Map() };
  if (holder[KEY] === undefined) {
    Object.defineProperty(holder, KEY, { value: state });
  }
  if (state.copy !== __dirname) {
    throw new PropsError({
      rule: 'app/two-copies',
      severity: 'error',
      construct: path,
      message: `two copies of cdk8s-eks-patterns are used in one app: ${named(state.copy)} and ${named(__dirname)}; they do not know each other's tenants, connections and permissions`,
      fix: 'install one version for all packages (npm ls cdk8s-eks-patterns shows who brings which, npm dedupe removes the second), and make cdk8s-eks-patterns a peer dependency of packages that build on it',
    });
  }
  return state;
}

/** '0.1.0 in node_modules/a/node_modules/cdk8s-eks-patterns'. */
function named(folder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const file = join(at, 'package.json');
    if (existsSync(file)) {
      const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: string };
      return `${version} in ${at}`;
    }
  }
  return folder;
}
