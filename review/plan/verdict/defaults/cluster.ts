import { isAtLeast } from '../../../../kube/versions';
import type { Draft } from '../stored';
import { isEmpty, isFields } from '../values';
import type { Default, Defaults } from './default';

const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** Devices are counted one by one, unless all are asked for. */
const DEVICES: Default = {
  fill: (draft) => {
    draft.allocationMode ||= 'ExactCount';
    if (draft.allocationMode === 'ExactCount') {
      draft.count ||= 1;
    }
  },
};

/** Of containers: what is allowed at most is also what they get, and what they get is also what they ask for. */
function limits(draft: Draft): void {
  if (draft.type !== 'Container') {
    return;
  }
  const [given, asked, most, least] = [draft.default, draft.defaultRequest, draft.max, draft.min].map((one) =>
    isFields(one) ? one : {},
  );
  const amounts = { ...most, ...given };
  draft.default = amounts;
  draft.defaultRequest = { ...least, ...amounts, ...asked };
}

export const CLUSTER_DEFAULTS: Defaults = {
  CSIDriverSpec: {
    values: {
      attachRequired: true,
      fsGroupPolicy: 'ReadWriteOnceWithFSType',
      podInfoOnMount: false,
      requiresRepublish: false,
      seLinuxMount: false,
      storageCapacity: false,
    },
    fill: (draft, { version }) => {
      if (isEmpty(draft.volumeLifecycleModes)) {
        draft.volumeLifecycleModes = ['Persistent'];
      }
      if (isAtLeast(version, '1.37')) {
        draft.preventPodSchedulingIfMissing ??= false;
      }
    },
  },
  DeviceSubRequest: DEVICES,
  DeviceToleration: { values: { operator: 'Equal' } },
  ExactDeviceRequest: DEVICES,
  LimitRangeItem: { fill: limits },
  RoleRef: { values: { apiGroup: RBAC_GROUP } },
  Secret: { values: { type: 'Opaque' } },
  StorageClass: { values: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' } },
  'rbac.Subject': {
    fill: (draft) => {
      if (draft.kind === 'User' || draft.kind === 'Group') {
        draft.apiGroup ||= RBAC_GROUP;
      }
    },
  },
};
