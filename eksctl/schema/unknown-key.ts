import { describe } from '../../kube/describe';
import { allNearest } from '../../kube/text';
import type { AnyKind, StructKind } from './field';
import { CLUSTER_CONFIG } from './shapes';
import { listed, quoted } from './words';

const MOST_NEAR = 3;
const MOST_LISTED = 10;
const MOST_PLACES = 3;

/** Keys of older versions, of the other kind of group and of other tools, by the name of the object, and what to write. */
const MOVED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NodeGroup: {
    spot: "'spot' belongs to 'managedNodeGroups'; in 'nodeGroups', write instancesDistribution with instanceTypes and onDemandPercentageAboveBaseCapacity: 0",
    instanceTypes: "write instancesDistribution.instanceTypes: 'instanceTypes' belongs to 'managedNodeGroups'",
    launchTemplate: "'launchTemplate' belongs to 'managedNodeGroups'; self-managed groups have none of their own",
    spotInstanceTypes: 'write instancesDistribution.instanceTypes',
    spotPrice: 'write instancesDistribution.maxPrice',
  },
  ManagedNodeGroup: {
    instancesDistribution:
      "'instancesDistribution' belongs to 'nodeGroups'; in 'managedNodeGroups', write instanceTypes and spot: true",
    kubeletExtraConfig:
      "'kubeletExtraConfig' belongs to 'nodeGroups'; in 'managedNodeGroups', write maxPodsPerNode, or a launchTemplate",
    spotInstanceTypes: 'write instanceTypes',
  },
  ClusterConfig: {
    cluster: "write the name and region into 'metadata'",
    nodegroups: "write 'managedNodeGroups'",
  },
};

/** Keys of any node group: of v1alpha4, and of the API of EKS. */
const MOVED_IN_GROUPS: Readonly<Record<string, string>> = {
  allowSSH: 'write ssh.allow',
  sshPublicKeyPath: 'write ssh.publicKeyPath',
  sshPublicKey: 'write ssh.publicKey',
  sshPublicKeyName: 'write ssh.publicKeyName',
  publicKeyName: 'write ssh.publicKeyName',
  policyARNs: 'write iam.attachPolicyARNs',
  diskSize: 'write volumeSize',
  desiredSize: 'write desiredCapacity',
  capacityType: "write spot: true for 'SPOT'",
  nodes: 'write desiredCapacity',
  nodesMin: 'write minSize',
  nodesMax: 'write maxSize',
  subnetIDs: 'write subnets',
  zones: 'write availabilityZones',
  version: "delete it: 'metadata.version' is that of the nodes, too",
};

/** What to write for a key that its object does not have. */
export function unknownKeyFix(key: string, path: string, { name, properties }: StructKind): string {
  const moved = movedTo(name, key);
  if (moved !== undefined) {
    return moved;
  }
  const known = Object.keys(properties);
  const near = allNearest(key, known).slice(0, MOST_NEAR);
  const places = placesOf(key, path);
  if (near.length > 0) {
    const asked = `did you mean ${quoted(near)}?`;
    return places.length === 0 ? asked : `${asked.slice(0, -1)}, or '${key}' of ${quoted(places)}?`;
  }
  if (places.length > 0) {
    return `${describe(key)} belongs to ${quoted(places)}`;
  }
  return known.length > MOST_LISTED
    ? 'delete it, or look up the key with `eksctl utils schema`'
    : `${known.length === 1 ? 'the only known key is' : 'known keys are'} ${listed(known)}`;
}

function movedTo(name: string, key: string): string | undefined {
  const own = MOVED[name] ?? {};
  if (Object.hasOwn(own, key)) {
    return own[key];
  }
  const group = name === 'NodeGroup' || name === 'ManagedNodeGroup';
  return group && Object.hasOwn(MOVED_IN_GROUPS, key) ? MOVED_IN_GROUPS[key] : undefined;
}

let places: ReadonlyMap<string, readonly string[]> | undefined;

/** The objects of the schema that have a key, the nearest to the path first; none if there are many: 'name' says nothing. */
function placesOf(key: string, path: string): readonly string[] {
  places ??= allPlaces();
  const parent = path.slice(0, path.length - key.length - 1).replace(/\[\d+\]/g, '[]');
  const all = (places.get(key) ?? []).filter((place) => place !== parent);
  const below = all.filter((place) => place.startsWith(`${parent}.`));
  const few = below.length > 0 ? below : all;
  return few.length > MOST_PLACES
    ? []
    : few.map((place) => place.replace(/^$/, 'the top of the file').replace(/\[\]$/, ''));
}

function allPlaces(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const walk = (kind: AnyKind, path: string): void => {
    if (kind.kind === 'list') {
      walk(kind.of, `${path}[]`);
    } else if (kind.kind === 'list-or-map') {
      walk(kind.list, path);
    } else if (kind.kind === 'struct') {
      for (const [key, item] of Object.entries(kind.properties)) {
        found.set(key, [...(found.get(key) ?? []), path]);
        walk(item, path === '' ? key : `${path}.${key}`);
      }
    }
  };
  walk(CLUSTER_CONFIG, '');
  return found;
}
