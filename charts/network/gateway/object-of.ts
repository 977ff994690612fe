import type { Construct } from 'constructs';
import { MANAGED_BY } from '../../../kube/labels';
import type { AnyObject, ObjectMeta } from '../../core/k8s';
import { KubeObject } from '../../core/kube-object';
import { tenants } from '../../core/tenant-context';
import type { AnyGateway } from './target';

/** An object of a Gateway, rendered at synthesis. */
export function objectOf<T extends AnyObject>(
  gateway: Construct,
  { namespace }: AnyGateway,
  id: string,
  name: string,
  render: (metadata: ObjectMeta & { name: string }) => T,
): KubeObject<T> {
  const owner = tenants.nearest(gateway)?.owner;
  const labels = {
    'app.kubernetes.io/managed-by': MANAGED_BY,
    'app.kubernetes.io/part-of': namespace,
    ...(owner === undefined ? {} : { owner }),
  };
  const made = () => render({ name, namespace, labels: { ...labels } });
  return new KubeObject<T>(gateway, id, made(), made);
}
