import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IConstruct } from 'constructs';
import { PropsError } from './errors';

/** The same symbol in every copy of the library, so that copies see each other. */
const KEY = Symbol.for('cdk8s-eks-patterns.app-state');

/** The state of the library for an app; stored on the root construct. */
interface AppState {
  /** The folder of the copy of the library that created it. */
  readonly copy: string;
  readonly slots: Map<string, unknown>;
}

/** A named part of the state of an app. */
export class AppSlot<T> {
  constructor(
    private readonly name: string,
    private readonly create: () => T,
  ) {}

  /** Of the app that was asked for last, since a program has one, and asks thousands of times. */
  private last: { readonly root: IConstruct; readonly value: T } | undefined;

  /** The value for the app of a construct. */
  of(construct: IConstruct): T {
    const { root } = construct.node;
    if (this.last?.root !== root) {
      this.last = { root, value: this.valueFor(construct) };
    }
    return this.last.value;
  }

  private valueFor(construct: IConstruct): T {
    const { slots } = stateOf(construct);
    const known = slots.get(this.name);
    if (known !== undefined) {
      return known as T;
    }
    const created = this.create();
    slots.set(this.name, created);
    return created;
  }
}

function stateOf(construct: IConstruct): AppState {
  const holder = construct.node.root as unknown as { [KEY]?: AppState };
  let state = holder[KEY];
  if (state === undefined) {
    state = { copy: __dirname, slots: new Map() };
    Object.defineProperty(holder, KEY, { value: state });
  }
  if (state.copy !== __dirname) {
    throw new PropsError({
      rule: 'app/two-copies',
      severity: 'error',
      construct: construct.node.path,
      message: `only one copy of cdk8s-eks-patterns must be used in an app, but there are two, which do not share tenants, connections and permissions: ${named(state.copy)} and ${named(__dirname)}`,
      fix: 'install one version for all packages (npm ls cdk8s-eks-patterns lists the copies, npm dedupe removes the second), and make cdk8s-eks-patterns a peer dependency of packages that build on it',
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

/** Whether an app is an EksApp, whose synthesis runs the checks and writes to defined files. */
const marks = new AppSlot<{ isEksApp: boolean }>('eks-app', () => ({ isEksApp: false }));

/** Called by EksApp on itself. */
export function markEksApp(root: IConstruct): void {
  marks.of(root).isEksApp = true;
}

export function isUnderEksApp(construct: IConstruct): boolean {
  return marks.of(construct).isEksApp;
}
