import { LIVES } from './generated';

/** The newest Kubernetes that the tables know: of a newer one nothing is certain. */
export const NEWEST_KNOWN = '1.37';

/** The releases in which a version of a kind came and went. */
export interface ApiLife {
  /** '1.25'. */
  readonly introduced: string;
  readonly deprecated?: string;
  readonly removed?: string;
  /** 'policy/v1'. */
  readonly replacement?: string;
}

/** Versions that the modules of Kubernetes have forgotten; what they were replaced by has another kind, or is outside. */
const FORGOTTEN: Readonly<Record<string, string>> = {
  'batch/v2alpha1/CronJob': '1.5 1.8 1.21 batch/v1',
  'extensions/v1beta1/PodSecurityPolicy': '1.3 1.10 1.16 -',
  'node.k8s.io/v1alpha1/RuntimeClass': '1.12 1.20 1.22 node.k8s.io/v1',
  'policy/v1beta1/PodSecurityPolicy': '1.10 1.21 1.25 -',
  'rbac.authorization.k8s.io/v1alpha1/ClusterRole': '1.5 1.17 1.22 rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1alpha1/ClusterRoleBinding': '1.5 1.17 1.22 rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1alpha1/Role': '1.5 1.17 1.22 rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1alpha1/RoleBinding': '1.5 1.17 1.22 rbac.authorization.k8s.io/v1',
  'scheduling.k8s.io/v1alpha1/PriorityClass': '1.8 1.14 1.22 scheduling.k8s.io/v1',
  'settings.k8s.io/v1alpha1/PodPreset': '1.6 1.19 1.20 -',
};

/** What is known of a version of a kind; undefined where it is not of Kubernetes, or was always there. */
export function apiLife(apiVersion: string, kind: string): ApiLife | undefined {
  const key = `${apiVersion}/${kind}`;
  const line = Object.hasOwn(LIVES, key) ? LIVES[key] : Object.hasOwn(FORGOTTEN, key) ? FORGOTTEN[key] : undefined;
  if (line === undefined) {
    return undefined;
  }
  const [introduced = '', deprecated, removed, replacement] = line
    .split(' ')
    .map((word) => (word === '-' ? undefined : word));
  return {
    introduced,
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(removed === undefined ? {} : { removed }),
    ...(replacement === undefined ? {} : { replacement }),
  };
}
