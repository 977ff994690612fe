import { isClusterArn } from '../../eks/arn';
import { describe } from '../../kube/describe';
import { indexPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Application, ApplicationDestination, AppProject, ResourceDifference } from '../core/gitops';
import type { Customize } from '../core/values';

/** Fields that Argo CD neither compares nor sets: what others write into objects of the app. */
export interface ArgoDifference {
  /** The API group, '' for the core. @default '' */
  readonly group?: string;
  /** 'Deployment'. */
  readonly kind: string;
  /** The name of the object. @default - all of the kind */
  readonly name?: string;
  /** The namespace of the object. @default - all */
  readonly namespace?: string;
  /** JSON pointers: ['/spec/replicas']. Required are these, `jq` or `managers`. @default - none */
  readonly pointers?: readonly string[];
  /** Expressions of jq: ['.webhooks[]?.clientConfig.caBundle']. @default - none */
  readonly jq?: readonly string[];
  /** Field managers, all of whose fields are left alone: ['kube-controller-manager']. @default - none */
  readonly managers?: readonly string[];
}

/** How Argo CD applies. */
export interface ArgoSync {
  /** Whether a new commit is applied by itself, or when somebody asks for it. @default 'automatic' */
  readonly sync?: 'automatic' | 'manual';
  /**
   * Whether what left the repository is deleted. Namespaces of tenants and claims stay, and so do ConfigMaps with a hash in
   * their name, which rollbacks read. Refused with sync 'manual', where whoever syncs chooses.
   *
   * @default true - otherwise removed workloads keep running
   */
  readonly prune?: boolean;
  /** Whether changes in the cluster are taken back. Refused with sync 'manual'. @default true */
  readonly selfHeal?: boolean;
  /**
   * Fields of others. Not needed for autoscalers of patterns, whose manifests have no replicas, nor for bundles that cert-manager
   * or a program writes into an AdmissionWebhook, which are left out by themselves.
   *
   * @default - none
   */
  readonly ignoreDifferences?: readonly ArgoDifference[];
}

/** Objects of an ArgoApplication, by their name in `customize`. */
export interface ArgoApplicationObjects {
  application: Application;
  project: AppProject;
}

/** Props of an ArgoApplication. */
export interface ArgoApplicationProps extends ArgoSync {
  /**
   * The address of the repository with the committed files: 'https://github.com/acme/shop.git', 'git@github.com:acme/shop.git',
   * 'ssh://...'. A password in it is refused: Argo CD takes it from a Secret.
   */
  readonly repository: string;
  /** A branch, tag or commit. @default 'main' */
  readonly revision?: string;
  /**
   * The folder of the manifests in the repository: 'deploy/prod'. Its subfolders `cluster/` and `gitops/` are not applied.
   *
   * @default - the outdir of the app, which has to be relative
   */
  readonly path?: string;
  /**
   * The cluster: the address of its API server, the ARN of the EKS cluster, which the Argo CD of EKS Capabilities asks for, or
   * the name under which it is registered.
   *
   * @default 'https://kubernetes.default.svc', the cluster that Argo CD runs in
   */
  readonly destination?: string;
  /**
   * The name of an AppProject that exists. With EKS Capabilities a cluster belongs to one project.
   *
   * @default - one of the name of the application, which takes this repository and this cluster alone
   */
  readonly project?: string;
  /** The namespace that Argo CD watches. @default 'argocd' */
  readonly namespace?: string;
  /** Edits of the finished objects. @default - none */
  readonly customize?: Customize<ArgoApplicationObjects>;
}

export const SYNC_KEYS: KeyTable<ArgoSync> = {
  sync: true,
  prune: 'boolean',
  selfHeal: 'boolean',
  ignoreDifferences: 'list',
};
export const ARGO_KEYS: KeyTable<ArgoApplicationProps> = {
  ...SYNC_KEYS,
  repository: 'text',
  revision: 'text',
  path: 'text',
  destination: 'text',
  project: 'text',
  namespace: 'text',
  customize: 'object',
};
const DIFFERENCE: KeyTable<ArgoDifference> = {
  group: 'text',
  kind: 'text',
  name: 'text',
  namespace: 'text',
  pointers: 'texts',
  jq: 'texts',
  managers: 'texts',
};

export const IN_CLUSTER = 'https://kubernetes.default.svc';

/** The cluster, as Argo CD names it. */
export function checkDestination(check: Check, value: unknown, field = 'destination'): ApplicationDestination {
  const destination = check.text(field, value);
  if (destination.startsWith('https://') || isClusterArn(destination)) {
    return { server: destination };
  }
  if (/[\s/:]/.test(destination)) {
    check.fail(
      'invalid',
      field,
      `${field} must be an https address, the ARN of an EKS cluster, or a name, but is ${describe(destination)}`,
      "write for example 'arn:aws:eks:us-west-2:111122223333:cluster/prod'",
    );
  }
  return { name: destination };
}

/** The differences in Argo CD's own words. */
export function checkDifferences(check: Check, given: readonly ArgoDifference[]): ResourceDifference[] {
  return given.map((difference, i) => {
    const field = indexPath('ignoreDifferences', i);
    check.keys<ArgoDifference>(field, difference, DIFFERENCE);
    check.text(`${field}.kind`, difference.kind);
    const { group, kind, name, namespace, pointers = [], jq = [], managers = [] } = difference;
    const wrong = pointers.findIndex((pointer) => !/^(\/([^~/]|~[01])*)+$/.test(pointer));
    if (wrong >= 0) {
      check.fail(
        'invalid',
        `${field}.pointers[${wrong}]`,
        `${field}.pointers[${wrong}] must be a JSON pointer, but is ${describe(pointers[wrong])}`,
        "write for example '/spec/replicas'",
      );
    }
    if (pointers.length + jq.length + managers.length === 0) {
      check.fail(
        'required',
        field,
        `${field} names no fields, so that it would ignore nothing`,
        "write for example pointers: ['/spec/replicas']",
      );
    }
    return {
      ...(group === undefined ? {} : { group }),
      kind,
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(pointers.length > 0 ? { jsonPointers: [...pointers] } : {}),
      ...(jq.length > 0 ? { jqPathExpressions: [...jq] } : {}),
      ...(managers.length > 0 ? { managedFieldsManagers: [...managers] } : {}),
    };
  });
}
