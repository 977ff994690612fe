import { groupKindOf } from '../../../kube/kinds';
import { kubectlName } from '../kubectl';
import type { Change, RemedyStep } from '../model';
import type { Remedy } from './remedy';

/** What to know of the time between the deletion and the apply. */
const BETWEEN: Readonly<Record<string, string>> = {
  '/ConfigMap': 'Pods that run keep what they have read; new ones wait until it is back. Better: give it another name.',
  '/Secret': 'Pods that run keep what they have read; new ones wait until it is back. Better: give it another name.',
  '/Service':
    'Its address changes, and a load balancer of it is replaced: clients cannot connect until they look it up again.',
  '/Namespace': 'Everything in it is deleted with it.',
  '/Pod': 'It is missing until the new one is ready.',
  'storage.k8s.io/StorageClass':
    'Volumes that exist stay as they are; the new class is for new ones. New claims wait meanwhile.',
  'storage.k8s.io/VolumeAttributesClass': 'Volumes that exist keep their attributes.',
  'storage.k8s.io/CSIDriver': 'Volumes that are mounted stay mounted; new mounts wait until it is back.',
  'scheduling.k8s.io/PriorityClass':
    'Pods that exist keep their priority; new ones that name it are refused until it is back.',
  'node.k8s.io/RuntimeClass': 'Pods that run keep running; new ones that name it are refused until it is back.',
  'networking.k8s.io/IngressClass': 'Its Ingresses keep their load balancers.',
  'rbac.authorization.k8s.io/RoleBinding': 'Its subjects have no permissions until it is back.',
  'rbac.authorization.k8s.io/ClusterRoleBinding': 'Its subjects have no permissions until it is back.',
  'apiextensions.k8s.io/CustomResourceDefinition': 'Every object of its kind is deleted with it: save them first.',
  'apps/Deployment': 'All of its pods stop, and new ones start.',
  'apps/DaemonSet': 'All of its pods stop, and new ones start.',
};

/** Deletes the object and applies it anew: for every kind that has no better way. */
export const REPLACED: readonly Remedy[] = [{ fits: () => true, steps: deletedFirst }];

function deletedFirst(change: Change, apply: string): readonly RemedyStep[] {
  const between = BETWEEN[groupKindOf(change.object)];
  return [
    {
      text: `Delete the object.${between === undefined ? '' : ` ${between}`}`,
      command: `kubectl delete ${kubectlName(change.object)}`,
    },
    { text: 'Apply: it is created anew.', command: apply },
  ];
}
