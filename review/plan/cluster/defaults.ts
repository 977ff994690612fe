import { DEFAULT_AMI_FAMILY, DEFAULT_VOLUME_SIZE, filledSizes } from '../../../eksctl/node-group-defaults';
import type { ClusterConfig } from '../../../eksctl/types';
import { asList, asObject, isObject, type Loose } from '../../../kube/loose';

/** What eksctl 0.230.0 takes where a cluster says nothing, so that writing it down is no change. */
const CLUSTER: Loose = {
  kubernetesNetworkConfig: { ipFamily: 'IPv4' },
  upgradePolicy: { supportType: 'EXTENDED' },
  autoModeConfig: { enabled: false },
  zonalShiftConfig: { enabled: false },
  addonsConfig: { autoApplyPodIdentityAssociations: false, disableDefaultAddons: false },
  privateCluster: { enabled: false, skipEndpointCreation: false },
  iam: { withOIDC: false, vpcResourceControllerPolicy: true },
  accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP', bootstrapClusterCreatorAdminPermissions: true },
  vpc: {
    cidr: '192.168.0.0/16',
    autoAllocateIPv6: false,
    manageSharedNodeSecurityGroupRules: true,
    nat: { gateway: 'Single' },
  },
};

const ENDPOINTS: Loose = { privateAccess: false, publicAccess: true };

/** The same for a node group of either kind. */
const GROUP: Loose = {
  amiFamily: DEFAULT_AMI_FAMILY,
  privateNetworking: false,
  disableIMDSv1: true,
  disablePodIMDS: false,
  efaEnabled: false,
  volumeSize: DEFAULT_VOLUME_SIZE,
  volumeType: 'gp3',
  volumeEncrypted: false,
};
/** Of volumes of the type gp3. */
const GP3: Loose = { volumeIOPS: 3000, volumeThroughput: 125 };
/** On an Outpost. */
const OUTPOST_MODE: Loose = { accessConfig: { authenticationMode: 'CONFIG_MAP' } };
const OUTPOST_VOLUME = 'gp2';

/** The config with eksctl's defaults written down. What is of another type stays as it is. */
export function withDefaults(config: ClusterConfig): Loose {
  const loose = withoutNulls(config) as Loose;
  const outpost = loose.outpost !== undefined;
  const whole = merged(outpost ? merged(CLUSTER, OUTPOST_MODE) : CLUSTER, loose);
  // these follow another field of the file
  const endpoints = !outpost && asObject(loose.privateCluster).enabled !== true ? ENDPOINTS : {};
  const vpc = merged({ clusterEndpoints: endpoints }, asObject(whole.vpc));
  return {
    ...whole,
    vpc: isObject(whole.vpc)
      ? asObject(loose.vpc).id === undefined
        ? vpc
        : { ...vpc, cidr: asObject(loose.vpc).cidr }
      : whole.vpc,
    ...groupsOf(loose, 'managedNodeGroups', outpost),
    ...groupsOf(loose, 'nodeGroups', outpost),
  };
}

function groupsOf(config: Loose, section: string, outpost: boolean): Loose {
  const groups = config[section];
  return Array.isArray(groups)
    ? { [section]: groups.map((group) => (isObject(group) ? groupOf(group, outpost) : group)) }
    : {};
}

function groupOf(group: Loose, outpost: boolean): Loose {
  const own = outpost || group.outpostARN !== undefined ? { volumeType: OUTPOST_VOLUME } : {};
  const filled = merged({ ...GROUP, ...own }, group);
  const { min, desired, max } = filledSizes(group);
  return {
    ...(filled.volumeType === 'gp3' ? GP3 : {}),
    ...filled,
    minSize: min,
    desiredCapacity: desired,
    maxSize: max,
  };
}

/** Both, the second one first; objects are merged. */
function merged(defaults: Loose, value: Loose): Loose {
  const result: Record<string, unknown> = { ...defaults, ...value };
  for (const [key, fallback] of Object.entries(defaults)) {
    const written = value[key];
    if (isObject(fallback) && isObject(written)) {
      result[key] = merged(fallback, written);
    }
  }
  return result;
}

/** As eksctl reads it: a key with null is absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, of]) =>
          of === null || of === undefined ? [] : [[key, withoutNulls(of)]],
        ),
      )
    : value;
}

/** The members of a section of groups, as objects. */
export const groupsIn = (config: Loose, section: 'managedNodeGroups' | 'nodeGroups'): readonly Loose[] =>
  asList(config[section]);
