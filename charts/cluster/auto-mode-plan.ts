import type { Architecture } from '../../eks/values';
import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { AutoMode, ClusterProps } from './props';

const AUTO_MODE_KEYS: KeyTable<AutoMode> = { nodePools: true, architectures: true };
const POOLS = ['general-purpose', 'system'] as const;
const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64'];

/** The pools and architectures of Auto Mode, or undefined for node groups; never both, never neither. */
export function planAutoMode(check: Check, props: ClusterProps): Required<AutoMode> | undefined {
  const auto: unknown = props.autoMode;
  if (auto === undefined) {
    return undefined;
  }
  if (props.nodeGroups !== undefined) {
    check.fail('autoMode and nodeGroups exclude each other', 'keep one of them: eksctl creates no cluster with both');
  }
  if (auto !== true && (typeof auto !== 'object' || auto === null)) {
    check.fail(`autoMode is ${describe(auto)}`, 'write autoMode: true, or nodeGroups instead of it');
  }
  const given: AutoMode = auto === true ? {} : auto;
  check.keys<AutoMode>('autoMode', given, AUTO_MODE_KEYS);
  const nodePools = given.nodePools ?? POOLS;
  const architectures = given.architectures ?? ['amd64'];
  for (const pool of nodePools) {
    check.oneOf('a pool of autoMode', pool, POOLS);
  }
  planArchitectures(check, 'an architecture of autoMode', architectures);
  if (new Set(nodePools).size !== nodePools.length) {
    check.fail(
      `the pools of autoMode are ${describe(nodePools)}`,
      "name 'general-purpose', 'system' or both, each once",
    );
  }
  if (architectures.length === 0) {
    check.fail('autoMode has no architectures', "name at least one, such as 'amd64'");
  }
  return { nodePools: [...nodePools], architectures: [...architectures] };
}

export function planArchitectures(check: Check, what: string, architectures: readonly Architecture[]): void {
  for (const architecture of architectures) {
    check.oneOf(what, architecture, ARCHITECTURES);
  }
}
