import type { Architecture } from '../../eks/values';
import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { AutoMode, ClusterProps } from './props';
import { ruleOf } from './rule-of';

const AUTO_MODE_KEYS: KeyTable<AutoMode> = { nodePools: 'texts', architectures: 'texts' };
const POOLS = ['general-purpose', 'system'] as const;
const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64'];

/** The pools and architectures of Auto Mode, or undefined with node groups. */
export function resolveAutoMode(check: Check, props: ClusterProps): Required<AutoMode> | undefined {
  const auto: unknown = props.autoMode;
  if (auto === undefined) {
    return undefined;
  }
  if (props.nodeGroups !== undefined) {
    check.fail(
      'forbidden',
      'autoMode',
      'autoMode and nodeGroups exclude each other: eksctl cannot create a cluster with both',
      'remove one of them',
    );
  }
  if (auto !== true && (typeof auto !== 'object' || auto === null)) {
    check.fail(
      auto === false ? 'unsupported' : 'type',
      'autoMode',
      `autoMode must be true or an object, but is ${describe(auto)}`,
      'write autoMode: true, or nodeGroups instead of it',
    );
  }
  const given: AutoMode = auto === true ? {} : auto;
  check.keys<AutoMode>('autoMode', given, AUTO_MODE_KEYS);
  const nodePools = list(check, 'autoMode.nodePools', given.nodePools) ?? POOLS;
  for (const [i, pool] of nodePools.entries()) {
    check.oneOf(`autoMode.nodePools[${i}]`, pool, POOLS);
  }
  if (new Set(nodePools).size !== nodePools.length) {
    check.fail(
      'duplicate',
      'autoMode.nodePools',
      `autoMode.nodePools must be unique, but is ${describe(nodePools)}`,
      'list each pool once',
    );
  }
  const architectures = resolveArchitectures(check, 'autoMode.architectures', given.architectures) ?? ['amd64'];
  if (architectures.length === 0) {
    check.fail(
      'invalid',
      'autoMode.architectures',
      'autoMode.architectures must not be empty',
      "write for example ['amd64'], or leave it out",
    );
  }
  return { nodePools: [...nodePools], architectures: [...architectures] };
}

/** Refuses names such as 'x86_64'. */
export function resolveArchitectures<T extends readonly Architecture[] | undefined>(
  check: Check,
  field: string,
  architectures: T,
): T {
  for (const [i, architecture] of (list(check, field, architectures) ?? []).entries()) {
    check.oneOf(`${field}[${i}]`, architecture, ARCHITECTURES);
  }
  return architectures;
}

function list<T extends readonly unknown[] | undefined>(check: Check, field: string, value: T): T {
  if (value !== undefined && !Array.isArray(value)) {
    check.fail(
      ruleOf(value, 'list'),
      field,
      `${field} must be a list, but is ${describe(value)}`,
      'write its entries in brackets',
    );
  }
  return value;
}
