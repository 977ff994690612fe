import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { GitRepository, Kustomization } from '../core/gitops';
import type { Customize, Duration } from '../core/values';
import { checkRevision } from './written-path';

/** What of a repository is applied: one of these. */
export interface FluxRevision {
  /** The newest commit of a branch. */
  readonly branch?: string;
  /** The commit of a tag. */
  readonly tag?: string;
  /** The newest tag in a range of versions: '>=1.4.0 <2.0.0'. */
  readonly semver?: string;
  /** A commit by its hash of 40 digits. */
  readonly commit?: string;
}

/** Objects of a FluxKustomization, by their name in `customize`. */
export interface FluxKustomizationObjects {
  gitRepository: GitRepository;
  kustomization: Kustomization;
}

/** Props of a FluxKustomization. */
export interface FluxKustomizationProps {
  /**
   * The address of the repository with the committed files: 'https://github.com/acme/shop.git' or
   * 'ssh://git@github.com/acme/shop.git'. A password in it is refused: name a Secret.
   */
  readonly repository: string;
  /** A branch, tag, range of versions or commit. @default { branch: 'main' } */
  readonly revision?: FluxRevision;
  /**
   * The folder of the manifests in the repository: 'deploy/prod'. Its subfolders `cluster/` and `gitops/` are not fetched.
   *
   * @default - the outdir of the app, which has to be relative
   */
  readonly path?: string;
  /** The Secret with the credentials for the repository, in the same namespace; required with ssh. @default - a public repository, or `provider` */
  readonly secret?: string;
  /** 'aws' for CodeCommit, to which the source controller logs in with its own permissions. Refused together with `secret`, and for other hosts. @default - none */
  readonly provider?: 'aws';
  /** The namespace of both objects. @default 'flux-system' */
  readonly namespace?: string;
  /** The service account that Flux acts as, which limits what it may do. @default - its own, an admin of the cluster */
  readonly serviceAccount?: string;
  /** How often the cluster is compared, and the repository asked for commits: whole seconds, at least 10 s. @default '5m' */
  readonly interval?: Duration;
  /**
   * Whether what left the repository is deleted. Namespaces of tenants and claims stay, and so do ConfigMaps with a hash in
   * their name, which rollbacks read.
   *
   * @default true - otherwise removed workloads keep running
   */
  readonly prune?: boolean;
  /** Whether it counts as applied when every object is ready, or when the API server has it. @default true */
  readonly wait?: boolean;
  /** How long it waits: whole seconds, at least 30 s. @default '15m' - a rollout counts as failed after 10 minutes */
  readonly timeout?: Duration;
  /** Edits of the finished objects. @default - none */
  readonly customize?: Customize<FluxKustomizationObjects>;
}

export const FLUX_KEYS: KeyTable<FluxKustomizationProps> = {
  repository: 'text',
  revision: 'object',
  path: 'text',
  secret: 'text',
  provider: true,
  namespace: 'text',
  serviceAccount: 'text',
  interval: true,
  prune: 'boolean',
  wait: 'boolean',
  timeout: true,
  customize: 'object',
};
const REVISION: KeyTable<FluxRevision> = { branch: 'text', tag: 'text', semver: 'text', commit: 'text' };

/** Exactly one of branch, tag, semver and commit. */
export function checkFluxRevision(check: Check, given: FluxRevision): GitRepository['spec']['ref'] {
  check.keys<FluxRevision>('revision', given, REVISION);
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  const [first] = set;
  if (first === undefined || set.length > 1) {
    check.fail(
      set.length > 1 ? 'forbidden' : 'required',
      'revision',
      `revision must have one of branch, tag, semver and commit, but has ${set.length === 0 ? 'none' : set.map(([key]) => key).join(' and ')}`,
      "write for example { branch: 'main' }",
    );
  }
  const [key, value] = first;
  const field = `revision.${key}`;
  if (key === 'semver') {
    check.text(field, value);
  } else if (key === 'commit' && !/^[0-9a-f]{40}$/.test(value)) {
    check.fail(
      'invalid',
      field,
      `${field} must be a hash of 40 hexadecimal digits, but is ${describe(value)}`,
      'write what git rev-parse prints',
    );
  } else {
    checkRevision(check, field, value);
  }
  return { [key]: value };
}
