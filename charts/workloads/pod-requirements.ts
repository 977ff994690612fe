import { isAtLeast } from '../../kube/versions';
import { type EnvReference, referencesOf } from '../config/env-reference';
import { irsaRequirements } from '../core/irsa';
import { type Requirement, Requirements } from '../core/requirements';
import { identityRequirements } from '../identity/pod-identity';
import { usePullSecrets } from '../pods/pull-secrets';
import { irsaAccount, secretsOf } from './aws-identity';
import { claimRequirements } from './claim-requirements';
import { ownContainers } from './containers/containers';
import { windowsRequirements } from './operating-system';
import type { PodModel } from './pod';
import { reloadRequirements } from './reload';

/** Older versions drop the field without a word. */
const IN_PLACE_RESIZE = '1.33';

function resizeInPlace(because: string): Requirement {
  return {
    id: 'version/in-place-resize',
    because,
    check: ({ name, version }) =>
      isAtLeast(version, IN_PLACE_RESIZE)
        ? { status: 'met' }
        : {
            status: 'unmet',
            message: `cluster '${name}' has Kubernetes ${version}, which cannot resize pods in place`,
            fix: `upgrade it to ${IN_PLACE_RESIZE} or later, or leave resources.resize out`,
          },
  };
}

/** What a workload asks of its namespace and its cluster. */
export function declareNeeds(
  pod: PodModel,
  references: readonly EnvReference[],
  { namespace, isolated }: { readonly namespace: string; readonly isolated: boolean },
): void {
  const { construct, props } = pod;
  // the driver syncs only these keys to a Kubernetes Secret, which is rendered after all workloads exist
  if (references.length > 0) {
    for (const { source } of referencesOf(references, 'secret')) {
      source.secret.useAsVariable(source.key);
    }
  }
  usePullSecrets(construct, namespace, props.imagePullSecrets ?? []);
  if (props.requires !== undefined) {
    Requirements.add(construct, ...props.requires);
  }
  Requirements.defer(construct, () => podRequirements(pod, namespace, isolated));
}

/** The requirements of a pod on its cluster. */
function podRequirements(pod: PodModel, namespace: string, isolated: boolean): Requirement[] {
  const { construct, name, props, shape, placement } = pod;
  const { path } = construct.node;
  const because = (what: string) => `'${path}' ${what}`;
  const found: Requirement[] = [];
  const irsa = irsaAccount(pod, namespace);
  if (irsa) {
    found.push(...irsaRequirements(irsa));
  } else {
    const statements = [...secretsOf(pod)].flatMap((secret) => secret.statements());
    found.push(
      ...identityRequirements({ path, namespace, serviceAccountName: name, aws: props.aws, extra: statements }),
    );
    if (found.length > 0) {
      found.push(Requirements.needed('pod-identity', because('has permissions in AWS')));
    }
  }
  if (props.onSecretChange !== undefined) {
    found.push(...reloadRequirements(pod, { because: because('restarts when a secret changes') }));
  }
  if (isolated) {
    found.push(Requirements.needed('network-policy', because('is isolated by network policies')));
  }
  if (shape.usesStorage) {
    found.push(Requirements.needed('ebs', because('keeps its files on EBS')));
  }
  if (pod.resources.resize || ownContainers(pod.containers).some(({ resources }) => resources?.resize)) {
    found.push(resizeInPlace(because('says how it takes other resources')));
  }
  if (pod.claims.length > 0) {
    found.push(...claimRequirements(pod.claims, because('claims devices')));
  }
  const { architecture, os } = placement;
  if (os === 'windows') {
    found.push(...windowsRequirements(pod, because('has pods on Windows')));
  }
  if (architecture) {
    found.push(
      Requirements.architecture(architecture, { because: because('has an image for that architecture alone') }),
    );
  }
  return found;
}
