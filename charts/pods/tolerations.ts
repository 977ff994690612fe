import { copyPlain } from '../../kube/copy';
import { tolerates } from '../../kube/tolerations';
import type { Check } from '../core/check';
import type { ClusterContext } from '../core/cluster-context';
import type { Toleration } from '../core/k8s';
import { type ClaimModel, deviceClasses } from './device-claims';
import type { Placement } from './placement';
import type { Resources } from './resources';
import { windowsTaints } from './windows';

/** The devices of an accelerator, and the taint that nodes with them commonly have. */
const ACCELERATORS = {
  nvidia: { domain: 'nvidia.com/', taint: 'nvidia.com/gpu', ofClasses: /(?:^|\.)nvidia\.com$/ },
  neuron: { domain: 'aws.amazon.com/neuron', taint: 'aws.amazon.com/neuron', ofClasses: /^neuron\.aws\.com$/ },
} as const;

/** The tolerations of a pod; undefined without any. */
export function tolerations(
  placement: Placement,
  toleratesAll: boolean,
  cluster: ClusterContext | undefined,
): Toleration[] | undefined {
  const { accelerator } = placement;
  if (toleratesAll && placement.tolerations === undefined) {
    return [{ operator: 'Exists' }];
  }
  if (placement.tolerations === undefined && accelerator === undefined && placement.os !== 'windows') {
    return undefined;
  }
  const own = (placement.tolerations ?? []).map(copyPlain);
  const taint = accelerator && { key: ACCELERATORS[accelerator].taint, effect: 'NoSchedule' };
  if (taint && !own.some((toleration) => tolerates(toleration, taint))) {
    own.push({ key: taint.key, operator: 'Exists', effect: 'NoSchedule' });
  }
  for (const { key, value, effect } of placement.os === 'windows' ? windowsTaints(cluster) : []) {
    if (!own.some((toleration) => tolerates(toleration, { key, value, effect }))) {
      own.push(value === '' ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect });
    }
  }
  return own.length > 0 ? own : undefined;
}

/** A pod that asks for no device is scheduled as if the accelerator were not there, and does not see it. */
export function checkAccelerator(
  check: Check,
  { accelerator }: Placement,
  { devices = {} }: Resources,
  claims: readonly ClaimModel[],
): void {
  if (accelerator === undefined) {
    return;
  }
  const { domain, taint, ofClasses } = ACCELERATORS[accelerator];
  if (deviceClasses(claims).some((name) => ofClasses.test(name))) {
    return;
  }
  if (!Object.keys(devices).some((name) => name.startsWith(domain))) {
    check.fail(
      'required',
      'resources.devices',
      `resources.devices must have a device of ${accelerator === 'nvidia' ? 'NVIDIA' : 'AWS Neuron'}, which placement.accelerator asks for`,
      `write devices: { '${taint}': 1 }, or a claim in resourceClaims`,
    );
  }
}
