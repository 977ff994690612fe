import { describe } from '../../kube/describe';
import { isDnsLabel } from '../../kube/names';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import { Check } from '../core/check';
import type { ApplicationDestination } from '../core/gitops';
import { checkDestination } from './argo-application-props';
import { checkPattern, type FolderPattern } from './folder-pattern';
import { checkFolder } from './written-path';

/** One application of a set. */
export interface ArgoTarget {
  /** 'staging': the application is named `<id>-<name>`. */
  readonly name: string;
  /** The folder of its manifests in the repository: 'dist/staging'. */
  readonly path: string;
  /**
   * Its cluster: the address of its API server, the ARN of the EKS cluster, or the name under which it is registered. All of one
   * list are addresses and ARNs, or all are names.
   */
  readonly destination: string;
}

/** The clusters that get the same manifests. */
export interface ArgoClusters {
  /**
   * Labels of the Secrets by which Argo CD knows clusters: { env: 'prod' }. One or more: without any the set would take every
   * cluster, also the one that Argo CD runs in.
   */
  readonly labels: Readonly<Record<string, string>>;
  /** The folder of the manifests in the repository. @default - the outdir of the app, which has to be relative */
  readonly path?: string;
}

/** The folders that become applications. */
export interface ArgoDirectories {
  /**
   * The folders by a pattern, in which `*` is any name: 'dist/*'. Folders named `cluster` and `gitops`, and that of the app of
   * the set, are left out by themselves.
   */
  readonly pattern: string;
  /** Patterns of folders that are left out: ['dist/dev-*']. @default - none */
  readonly exclude?: readonly string[];
  /**
   * The cluster of all: an address, an ARN, or a name.
   *
   * @default - the cluster that is registered under the name of the folder
   */
  readonly destination?: string;
}

const TARGET: KeyTable<ArgoTarget> = { name: 'text', path: 'text', destination: 'text' };
const CLUSTERS: KeyTable<ArgoClusters> = { labels: 'map', path: 'text' };
const DIRECTORIES: KeyTable<ArgoDirectories> = { pattern: 'text', exclude: 'texts', destination: 'text' };

/** A validated generator. */
export type GeneratorModel =
  | {
      readonly kind: 'list';
      readonly targets: readonly (Omit<ArgoTarget, 'destination'> & { to: ApplicationDestination })[];
    }
  | { readonly kind: 'clusters'; readonly labels: Readonly<Record<string, string>>; readonly path: string | undefined }
  | {
      readonly kind: 'directories';
      readonly pattern: FolderPattern;
      readonly exclude: readonly FolderPattern[];
      readonly to: ApplicationDestination | undefined;
    };

/**
 * What an ArgoApplicationSet makes applications for.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators/
 */
export class ArgoGenerator {
  /** One for each of a list: environments, each with its folder and its cluster. */
  static list(targets: readonly ArgoTarget[]): ArgoGenerator {
    const check = new Check('ArgoGenerator.list');
    if (!Array.isArray(targets) || targets.length === 0) {
      check.fail(
        Array.isArray(targets) ? 'invalid' : 'type',
        'targets',
        `targets must be a list of one or more, but is ${describe(targets)}`,
        "write for example [{ name: 'prod', path: 'dist/prod', destination: 'prod' }]",
      );
    }
    const models = (targets as readonly ArgoTarget[]).map((target, i) =>
      targetOf(check, target, indexPath('targets', i)),
    );
    checkAlike(check, models);
    return new ArgoGenerator({ kind: 'list', targets: models });
  }

  /** One for each cluster with these labels, all with the same manifests. */
  static clusters(clusters: ArgoClusters): ArgoGenerator {
    const check = new Check('ArgoGenerator.clusters');
    check.keys<ArgoClusters>('clusters', clusters ?? null, CLUSTERS);
    const { labels, path } = clusters;
    check.labels('clusters.labels', labels ?? null);
    if (Object.keys(labels).length === 0) {
      check.fail(
        'required',
        'clusters.labels',
        'clusters.labels must have one or more labels: without any, every cluster would get the manifests',
        "write for example { env: 'prod' }",
      );
    }
    return new ArgoGenerator({
      kind: 'clusters',
      labels: { ...labels },
      path: path === undefined ? undefined : checkFolder(check, 'clusters.path', path),
    });
  }

  /** One for each folder of the repository, found by Argo CD: a new environment needs no change of the set. */
  static directories(directories: ArgoDirectories): ArgoGenerator {
    const check = new Check('ArgoGenerator.directories');
    check.keys<ArgoDirectories>('directories', directories ?? null, DIRECTORIES);
    const { pattern, exclude = [], destination } = directories;
    const model = checkPattern(check, 'directories.pattern', pattern);
    if (!model.text.includes('*')) {
      check.fail(
        'invalid',
        'directories.pattern',
        `directories.pattern must have a '*', but is ${describe(pattern)}, which is one folder`,
        "write for example 'dist/*', or use an ArgoApplication",
      );
    }
    return new ArgoGenerator({
      kind: 'directories',
      pattern: model,
      exclude: exclude.map((one, i) => checkPattern(check, indexPath('directories.exclude', i), one)),
      to: destination === undefined ? undefined : checkDestination(check, destination, 'directories.destination'),
    });
  }

  private constructor(
    /** @internal */
    readonly model: GeneratorModel,
  ) {}
}

function targetOf(check: Check, target: ArgoTarget, field: string) {
  check.keys<ArgoTarget>(field, target ?? null, TARGET);
  const { path, destination } = target;
  const name = check.text(`${field}.name`, target.name);
  if (!isDnsLabel(name)) {
    check.fail(
      'invalid',
      `${field}.name`,
      `${field}.name must be a name in lowercase letters, digits and '-', but is ${describe(name)}`,
      "write for example 'staging'",
    );
  }
  return {
    name,
    path: checkFolder(check, `${field}.path`, path),
    to: checkDestination(check, destination, `${field}.destination`),
  };
}

/** One template is for all: a name only once, and clusters in one form. */
function checkAlike(
  check: Check,
  targets: readonly { readonly name: string; readonly to: ApplicationDestination }[],
): void {
  const names = new Set<string>();
  for (const [i, { name, to }] of targets.entries()) {
    const field = indexPath('targets', i);
    if (names.has(name)) {
      check.fail(
        'duplicate',
        `${field}.name`,
        `${field}.name must not be '${name}' a second time`,
        'give each its own name',
      );
    }
    names.add(name);
    if ((to.server === undefined) !== (targets[0]!.to.server === undefined)) {
      check.fail(
        'unsupported',
        `${field}.destination`,
        `${field}.destination must be in the form of the first: all addresses and ARNs, or all names`,
        'write the ARN of each cluster, or the name of each',
      );
    }
  }
}
