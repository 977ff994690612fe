import { describe } from '../../kube/describe';
import { isObject } from '../../kube/loose';
import { isDnsLabel, isQualifiedName, isSubdomain } from '../../kube/names';
import { indexPath, keyPath } from '../../kube/text';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';

/** Devices of one class. */
export interface DeviceRequest {
  /** Name of the DeviceClass, which the driver of the devices brings: 'gpu.nvidia.com', 'neuron.aws.com'. */
  readonly deviceClass: string;
  /** 1-32 devices, or 'all' that a node has and the selectors allow. @default 1 */
  readonly count?: number | 'all';
  /**
   * Expressions in CEL, all of which must be true of each device:
   * `device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('40Gi')) >= 0`. At most 32.
   *
   * @default - every device of the class
   */
  readonly selectors?: readonly string[];
}
/** Which containers see the devices. */
interface ClaimUsers {
  /** Names of containers; 'main' is the workload's own. @default ['main'] */
  readonly containers?: readonly string[];
}
/** Devices of one class, for each pod. */
export interface DeviceClaim extends DeviceRequest, ClaimUsers {
  readonly requests?: never;
  readonly claimName?: never;
  readonly templateName?: never;
}
/** Devices of several classes that are allocated together, for each pod. */
export interface DevicesClaim extends ClaimUsers {
  /** Requests by name, at most 32. */
  readonly requests: Readonly<Record<string, DeviceRequest>>;
  /** Attributes that all devices have the same value of: 'resource.kubernetes.io/pcieRoot' for a GPU beside its network card. @default - none */
  readonly matchAttributes?: readonly string[];
  readonly deviceClass?: never;
  readonly claimName?: never;
  readonly templateName?: never;
}
/** A ResourceClaim of the namespace, whose devices all pods share, or a ResourceClaimTemplate of your own. */
export type ExistingClaim = ClaimUsers &
  (
    | { readonly claimName: string; readonly templateName?: never }
    | { readonly templateName: string; readonly claimName?: never }
  ) & { readonly deviceClass?: never; readonly requests?: never };
/**
 * Devices by Dynamic Resource Allocation. Those of a class are allocated for each pod.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/
 * @see https://docs.aws.amazon.com/eks/latest/userguide/device-management.html
 */
export type ResourceClaim = DeviceClaim | DevicesClaim | ExistingClaim;

/** A validated claim. */
export interface ClaimModel {
  readonly name: string;
  readonly containers: readonly string[];
  /** What its template is written from, or the name of an object that exists. */
  readonly source:
    | { readonly requests: readonly RequestModel[]; readonly matchAttributes: readonly string[] }
    | { readonly resourceClaimName: string }
    | { readonly resourceClaimTemplateName: string };
}
/** A validated request. */
export interface RequestModel extends DeviceRequest {
  readonly name: string;
}

const REQUEST: KeyTable<DeviceRequest> = { deviceClass: 'text', count: true, selectors: 'texts' };
const USERS: KeyTable<ClaimUsers> = { containers: 'texts' };
const MOST = 32;
export const NO_CLAIMS: readonly ClaimModel[] = [];

/** @param containers the names of all containers of the pod; the first is the workload's own */
export function resolveClaims(
  check: Check,
  claims: Readonly<Record<string, ResourceClaim>>,
  containers: readonly string[],
): readonly ClaimModel[] {
  if (!isObject(claims)) {
    check.fail(
      'type',
      'resourceClaims',
      `resourceClaims must be claims by name, but is ${describe(claims)}`,
      "write { gpu: { deviceClass: 'gpu.nvidia.com' } }",
    );
  }
  return Object.entries(claims).map(([name, claim]) => {
    const field = keyPath('resourceClaims', name);
    checkName(check, field, name);
    return {
      name,
      containers: resolveUsers(check, field, claim, containers),
      source: resolveSource(check, field, name, claim),
    };
  });
}

/** The classes of the devices that are asked for. */
export function deviceClasses(claims: readonly ClaimModel[]): readonly string[] {
  const requests = claims.flatMap(({ source }) => ('requests' in source ? source.requests : []));
  return [...new Set(requests.map(({ deviceClass }) => deviceClass))];
}

function checkName(check: Check, field: string, name: string): void {
  if (!isDnsLabel(name) || name.length > 30) {
    check.fail(
      'invalid',
      field,
      `the name of ${field} must be at most 30 lowercase letters, digits and '-', but is '${name}'`,
      "write for example 'gpu'",
    );
  }
}

function resolveUsers(
  check: Check,
  field: string,
  claim: ResourceClaim,
  [main = '', ...others]: readonly string[],
): readonly string[] {
  const given: unknown = (claim as ClaimUsers | null)?.containers ?? ['main'];
  const known = new Map([...others, main].map((name) => [name, name])).set('main', main);
  if (!Array.isArray(given) || given.length === 0 || given.some((name) => !known.has(name))) {
    check.fail(
      'unsupported',
      `${field}.containers`,
      `${field}.containers must be names of containers, but is ${describe(given)}`,
      `use ${['main', ...others].map((name) => `'${name}'`).join(', ')}`,
    );
  }
  return given.map((name) => known.get(name)!);
}

function resolveSource(check: Check, field: string, name: string, claim: ResourceClaim): ClaimModel['source'] {
  const given = (typeof claim === 'object' && claim !== null ? claim : {}) as Partial<Record<string, unknown>>;
  const ways = ['deviceClass', 'requests', 'claimName', 'templateName'].filter((key) => given[key] !== undefined);
  if (ways.length !== 1) {
    check.fail(
      ways.length === 0 ? 'required' : 'forbidden',
      field,
      `${field} must have one of deviceClass, requests, claimName and templateName, but has ${ways.length === 0 ? 'none' : ways.join(' and ')}`,
      "write for example { deviceClass: 'gpu.nvidia.com', count: 1 }",
    );
  }
  switch (ways[0]) {
    case 'deviceClass': {
      check.keys<DeviceRequest & ClaimUsers>(field, claim as DeviceRequest, { ...REQUEST, ...USERS });
      return { requests: [resolveRequest(check, field, name, claim as DeviceRequest)], matchAttributes: [] };
    }
    case 'requests':
      return resolveRequests(check, field, claim as DevicesClaim);
    default: {
      const key = ways[0] as 'claimName' | 'templateName';
      check.keys(field, claim, { ...USERS, [key]: true } as never);
      const object = given[key];
      if (typeof object !== 'string' || !isSubdomain(object)) {
        check.fail(
          'invalid',
          `${field}.${key}`,
          `${field}.${key} must be the name of an object, but is ${describe(object)}`,
          "write for example 'gpus'",
        );
      }
      return key === 'claimName'
        ? { resourceClaimName: object as string }
        : { resourceClaimTemplateName: object as string };
    }
  }
}

function resolveRequests(check: Check, field: string, claim: DevicesClaim): ClaimModel['source'] {
  check.keys(field, claim, { ...USERS, requests: true, matchAttributes: true } as never);
  const { requests, matchAttributes = [] } = claim;
  const entries = typeof requests === 'object' && requests !== null ? Object.entries(requests) : [];
  if (entries.length === 0 || entries.length > MOST) {
    check.fail(
      'invalid',
      `${field}.requests`,
      `${field}.requests must be 1 to ${MOST} requests by name, but is ${describe(requests)}`,
      "write for example { gpu: { deviceClass: 'gpu.nvidia.com' } }",
    );
  }
  if (
    !Array.isArray(matchAttributes) ||
    matchAttributes.some((one) => typeof one !== 'string' || !one.includes('/') || !isQualifiedName(one))
  ) {
    check.fail(
      'invalid',
      `${field}.matchAttributes`,
      `${field}.matchAttributes must be attributes with their domain, but is ${describe(matchAttributes)}`,
      "write for example ['resource.kubernetes.io/pcieRoot']",
    );
  }
  return {
    requests: entries.map(([name, request]) => {
      const place = keyPath(`${field}.requests`, name);
      checkName(check, place, name);
      check.keys<DeviceRequest>(place, request ?? null, REQUEST);
      return resolveRequest(check, place, name, request);
    }),
    matchAttributes,
  };
}

function resolveRequest(check: Check, field: string, name: string, request: DeviceRequest): RequestModel {
  const { deviceClass, count, selectors } = request;
  if (typeof deviceClass !== 'string' || !isSubdomain(deviceClass)) {
    check.fail(
      deviceClass === undefined ? 'required' : 'invalid',
      `${field}.deviceClass`,
      `${field}.deviceClass must be the name of a DeviceClass, but is ${describe(deviceClass)}`,
      "write for example 'gpu.nvidia.com'",
    );
  }
  if (count !== undefined && count !== 'all') {
    check.integer(`${field}.count`, count, 1, MOST);
  }
  if (selectors !== undefined && (!Array.isArray(selectors) || selectors.length > MOST)) {
    check.fail(
      'type',
      `${field}.selectors`,
      `${field}.selectors must be a list of at most ${MOST} expressions, but is ${describe(selectors)}`,
      "write for example [\"device.attributes['gpu.nvidia.com'].productName == 'NVIDIA A10G'\"]",
    );
  }
  for (const [i, expression] of (selectors ?? []).entries()) {
    check.text(indexPath(`${field}.selectors`, i), expression);
  }
  return {
    name,
    deviceClass,
    ...(count === undefined ? {} : { count }),
    ...(selectors ? { selectors: [...selectors] } : {}),
  };
}

/** Where no driver of devices runs. */
export function checkClaimNodes(
  check: Check,
  claims: object | undefined,
  { os, computeType }: { readonly os?: string; readonly computeType?: string },
): void {
  const where = os === 'windows' ? 'Windows' : computeType === 'fargate' ? 'Fargate' : undefined;
  if (claims !== undefined && where !== undefined) {
    check.fail(
      'unsupported',
      'resourceClaims',
      `resourceClaims must not be set on ${where}, where no driver of devices runs`,
      'leave it out, or run the pods on Linux nodes',
    );
  }
}
