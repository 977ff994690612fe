import { parse } from 'yaml';
import { committed } from './committed';
import { type Stack, templates } from './templates';

interface Outside {
  /** What carries the value, when it is no default. */
  readonly by?: string;
  /** Another value, which does reach a template: what is written is eksctl's default. */
  readonly other?: unknown;
}

const EKS = 'the API of EKS, after the stack of the cluster';

/** What committed ClusterConfigs say and no template holds. */
const OUTSIDE: { readonly [path: string]: Outside } = {
  'accessConfig.bootstrapClusterCreatorAdminPermissions': { other: false },
  'addonsConfig.autoApplyPodIdentityAssociations': { by: EKS },
  'addons[].configurationValues': { by: EKS },
  'autoModeConfig.enabled': { by: 'the default where it is false; where it is true, the template has it' },
  'cloudWatch.clusterLogging.logRetentionInDays': { by: 'the API of CloudWatch Logs' },
  'fargateProfiles[].name': { by: EKS },
  'fargateProfiles[].selectors[].namespace': { by: EKS },
  'iam.podIdentityAssociations[].createServiceAccount': { by: 'the API server' },
  'iam.podIdentityAssociations[].targetRoleARN': { by: EKS },
  'iam.serviceAccounts[].roleOnly': { by: 'the API server' },
  'managedNodeGroups[].amiFamily': { other: 'Bottlerocket' },
  'managedNodeGroups[].disableIMDSv1': { by: 'disablePodIMDS, which includes it' },
  'managedNodeGroups[].volumeSize': { other: 99 },
  'managedNodeGroups[].volumeType': { other: 'gp2' },
  'metadata.rollbackConfig.timeoutMinutes': { by: 'the API of EKS, with an upgrade' },
  'privateCluster.additionalEndpointServices[]': { by: 'enableTypes: eksctl adds the endpoint of logs itself' },
  'remoteNetworkConfig.iam.provider': { other: 'ira' },
  'vpc.cidr': { other: '10.1.0.0/16' },
  'vpc.clusterEndpoints.publicAccess': { other: false },
};

type Path = readonly (string | number)[];
interface Variant {
  readonly path: Path;
  readonly config: unknown;
}

const files = committed().map(({ file, yaml }) => ({ file, config: parse(yaml) as object }));
const variants: (Variant & { readonly of: number })[] = files.flatMap(({ config }, of) =>
  pathsIn(config).map((path) => ({ of, path, config: without(config, path) })),
);
const asked = templates(
  [...files, ...variants.map(({ config }) => ({ file: '', config }))].map(({ file, config }) => ({
    file,
    yaml: JSON.stringify(config),
  })),
);
const [whole, reduced] = [asked.slice(0, files.length), asked.slice(files.length)];

/** Paths whose value can be left out and every template stays the same. */
const unseen = variants.filter(
  ({ of }, i) => reduced[i]!.errors.length === 0 && same(whole[of]!.stacks, reduced[i]!.stacks),
);

test('what the committed files say is in a template, or carried otherwise', () => {
  expect(variants.length).toBeGreaterThan(3000);
  expect([...new Set(unseen.map(({ path }) => nameOf(path)))].sort()).toEqual(Object.keys(OUTSIDE).sort());
});

test.each(Object.entries(OUTSIDE).filter(([, { other }]) => other !== undefined))(
  '%s is in no template because it is the default: another value is',
  (name, { other }) => {
    const places = unseen.filter((variant) => nameOf(variant.path) === name);
    const answers = templates(
      places.map(({ of, path }) => ({ file: name, yaml: JSON.stringify(changed(files[of]!.config, path, other)) })),
    );
    const accepted = answers.flatMap(({ stacks, errors }, i) =>
      errors.length === 0 ? [{ stacks, ...places[i]! }] : [],
    );
    expect(accepted).not.toEqual([]);
    expect(accepted.filter(({ of, stacks }) => same(whole[of]!.stacks, stacks))).toEqual([]);
  },
);

/** The path of every text, number and boolean in a value. */
function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) {
    return [at];
  }
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => pathsIn((value as never)[key], [...at, key]));
}

function without(value: object, path: Path): unknown {
  return edited(value, path, (parent, key) =>
    Array.isArray(parent) ? parent.splice(key as number, 1) : delete parent[key],
  );
}

function changed(value: object, path: Path, to: unknown): unknown {
  return edited(value, path, (parent, key) => {
    parent[key] = to;
  });
}

function edited(
  value: object,
  path: Path,
  edit: (parent: Record<string | number, unknown>, key: string | number) => void,
): unknown {
  const copy = structuredClone(value);
  const parent = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as never)[key], copy);
  edit(parent as Record<string | number, unknown>, path[path.length - 1]!);
  return copy;
}

function nameOf(path: Path): string {
  return path.reduce<string>(
    (name, key) => (typeof key === 'number' ? `${name}[]` : name === '' ? key : `${name}.${key}`),
    '',
  );
}

function same(a: readonly Stack[], b: readonly Stack[]): boolean {
  return sorted(a) === sorted(b);
}

/** Lists of the templates have no order: eksctl makes them of maps. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(sorted).sort().join()}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}:${sorted(inner)}`)
      .sort()
      .join()}}`;
  }
  return JSON.stringify(value);
}
