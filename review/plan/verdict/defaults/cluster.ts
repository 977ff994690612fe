import { isObject, type Loose } from '../../../../kube/loose';
import { isAtLeast } from '../../../../kube/versions';
import type { Draft } from '../draft';
import { isEmpty } from '../values';
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
    isObject(one) ? one : {},
  );
  const amounts = { ...most, ...given };
  draft.default = amounts;
  draft.defaultRequest = { ...least, ...amounts, ...asked };
}

/** What a Secret has as text is kept as the data of the same names. */
function encoded(texts: Loose): Draft {
  const entries = Object.entries(texts).filter(([, text]) => typeof text === 'string') as [string, string][];
  return Object.fromEntries(entries.map(([key, text]) => [key, Buffer.from(text).toString('base64')]));
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
  ExemptPriorityLevelConfiguration: { values: { lendablePercent: 0, nominalConcurrencyShares: 0 } },
  FlowSchemaSpec: { values: { matchingPrecedence: 1000 } },
  LimitRangeItem: { fill: limits },
  LimitedPriorityLevelConfiguration: { values: { lendablePercent: 0, nominalConcurrencyShares: 30 } },
  QueuingConfiguration: { values: { handSize: 8, queueLengthLimit: 50, queues: 64 } },
  RoleRef: { values: { apiGroup: RBAC_GROUP } },
  Secret: {
    values: { type: 'Opaque' },
    fill: (draft) => {
      if (isObject(draft.stringData)) {
        draft.data = { ...(draft.data as object), ...encoded(draft.stringData) };
      }
      draft.stringData = undefined;
    },
  },
  ServiceAccount: {
    fill: (draft) => {
      if (Array.isArray(draft.secrets)) {
        draft.secrets = draft.secrets.map((secret) => (isObject(secret) ? { name: secret.name } : secret));
      }
    },
  },
  StorageClass: { values: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' } },
  'rbac.Subject': {
    fill: (draft) => {
      if (draft.kind === 'User' || draft.kind === 'Group') {
        draft.apiGroup ||= RBAC_GROUP;
      }
    },
  },
};
