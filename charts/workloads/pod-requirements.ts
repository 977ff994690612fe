import { type Requirement, Requirements } from '../core/requirements';
import { identityRequirements } from '../identity/aws-access';
import { irsaRequirements } from '../identity/irsa';
import { irsaAccount, secretsOf } from './aws-identity';
import type { PodModel } from './pod';

/** The requirements of a pod on its cluster. */
export function podRequirements(pod: PodModel, namespace: string, isolated: boolean): Requirement[] {
  const { construct, name, props, shape, placement } = pod;
  const because = (what: string) => ({ because: `'${construct.node.path}' ${what}` });
  const found: Requirement[] = [];
  const irsa = irsaAccount(pod, namespace);
  if (irsa) {
    found.push(...irsaRequirements(irsa));
  } else {
    const statements = [...secretsOf(pod)].flatMap((secret) => secret.statement() ?? []);
    const { path } = construct.node;
    found.push(
      ...identityRequirements({ path, namespace, serviceAccountName: name, aws: props.aws, extra: statements }),
    );
    if (found.length > 0) {
      found.push(Requirements.feature('pod-identity', because('has permissions in AWS')));
    }
  }
  if (isolated) {
    found.push(Requirements.feature('network-policy', because('is isolated by network policies')));
  }
  if (shape.usesStorage) {
    found.push(Requirements.feature('ebs', because('keeps its files on EBS')));
  }
  const { architecture } = placement;
  if (architecture) {
    found.push(Requirements.architecture(architecture, because('has an image for that architecture alone')));
  }
  return found;
}
