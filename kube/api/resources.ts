import { RESOURCES } from './generated';

/** A resource of the API of Kubernetes. */
export interface ApiResource {
  readonly group: string;
  /** 'pods', as in the rules of a Role. */
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** 'v1', 'v1beta1'. */
  readonly versions: readonly string[];
  /** 'status', 'log'. */
  readonly subresources: readonly string[];
}

/** What only authorization knows: no request names these, so they are not in the API. */
const AUTHORIZATION_ONLY: Readonly<Record<string, readonly string[]>> = {
  '': ['users User c -', 'groups Group c -', 'uids UID c -'],
  'authentication.k8s.io': ['userextras UserExtra c -', 'uids UID c -'],
  'certificates.k8s.io': ['signers Signer c -'],
};

/** Of nodes the kubelet knows more than the API server, and it asks the API server whether they are allowed. */
const OF_KUBELET = ['checkpoint', 'configz', 'healthz', 'log', 'metrics', 'pods', 'spec', 'stats'];

let known: ReadonlyMap<string, ReadonlyMap<string, ApiResource>> | undefined;

/** The resources of every group of Kubernetes by their names, those included that only Roles name. */
export function apiResources(): ReadonlyMap<string, ReadonlyMap<string, ApiResource>> {
  known ??= new Map(
    Object.entries(RESOURCES).map(([group, lines]) => {
      const all = [...lines, ...(AUTHORIZATION_ONLY[group] ?? [])].map((line) => read(group, line));
      return [group, new Map(all.map((resource) => [resource.name, resource]))];
    }),
  );
  return known;
}

let kinds: ReadonlyMap<string, ReadonlyMap<string, ApiResource>> | undefined;

/** The resources of every group of Kubernetes by their kinds. */
export function apiKinds(): ReadonlyMap<string, ReadonlyMap<string, ApiResource>> {
  kinds ??= new Map(
    Object.entries(RESOURCES).map(([group, lines]) => [
      group,
      new Map(lines.map((line) => read(group, line)).map((resource) => [resource.kind, resource])),
    ]),
  );
  return kinds;
}

function read(group: string, line: string): ApiResource {
  const [name = '', kind = '', scope, versions = '', ...subresources] = line.split(' ');
  return {
    group,
    name,
    kind,
    namespaced: scope === 'n',
    versions: versions.split(','),
    subresources: group === '' && name === 'nodes' ? [...subresources, ...OF_KUBELET] : subresources,
  };
}
