import { spelledFamily } from '../../eks/ami-families';
import { acceleratorOf } from '../../eks/instance-types';
import { DEFAULT_AMI_FAMILY } from '../node-group-defaults';
import type { AnyNodeGroup, NodeGroupRule, Report } from './rule';
import { isNonEmptyString, isSet, listOf, type UnvalidatedConfig, type UnvalidatedGroup } from './unvalidated';

type Kind = AnyNodeGroup['kind'];

/** The node group that a rule checks. Paths are relative to the group: 'taints[0].key'; '' is the group itself. */
export interface Subject extends Report {
  readonly kind: Kind;
  readonly group: UnvalidatedGroup;
  readonly config: UnvalidatedConfig;
  /**
   * The AMI family in eksctl's spelling; empty if a self-managed group has none (eksctl checks those before it sets
   * defaults), or if a managed group has a custom AMI.
   */
  readonly family: string;
}

/** The properties of a rule. */
interface Head extends Pick<NodeGroupRule, 'id' | 'enforcedBy' | 'title'> {
  /** The kind of group that it checks; both if undefined. */
  readonly only?: Kind;
}

export function groupRule({ only, ...head }: Head, check: (subject: Subject) => void): NodeGroupRule {
  return {
    ...head,
    check: (node, report, config) => {
      // L3 reports groups that are null
      if (isSet(node.group) && node.kind === (only ?? node.kind)) {
        check(subjectOf(node, report, config as UnvalidatedConfig));
      }
    },
  };
}

function subjectOf(node: AnyNodeGroup, report: Report, config: UnvalidatedConfig): Subject {
  const group = node.group as UnvalidatedGroup;
  const at = (field: string): string => (field === '' ? node.path : `${node.path}.${field}`);
  return {
    kind: node.kind,
    group,
    config,
    family: familyOf(node.kind, group),
    error: (field, problem, fix) => report.error(at(field), problem, fix),
    warning: (field, problem, fix) => report.warning(at(field), problem, fix),
    advice: (field, problem, fix) => report.advice(at(field), problem, fix),
  };
}

function familyOf(kind: Kind, group: UnvalidatedGroup): string {
  const family = spelledFamily(group.amiFamily ?? '');
  return family === '' && kind === 'managed' && !isNonEmptyString(group.ami) ? DEFAULT_AMI_FAMILY : family;
}

/** The instance types that a group lists, without a single `instanceType`. */
export function listedTypes({ kind, group }: Pick<Subject, 'kind' | 'group'>): readonly string[] {
  return listOf(kind === 'managed' ? group.instanceTypes : group.instancesDistribution?.instanceTypes);
}

/** Every instance type of a group. */
export function namedTypes(subject: Pick<Subject, 'kind' | 'group'>): readonly string[] {
  const { instanceType } = subject.group;
  const single = isNonEmptyString(instanceType) && instanceType !== 'mixed' ? [instanceType] : [];
  return [...new Set([...listedTypes(subject), ...single])];
}

/** Where a group names a type: 'instanceTypes[1]' in the list, or 'instanceType'. */
export function typePath(subject: Pick<Subject, 'kind' | 'group'>, type: string): string {
  const list =
    subject.kind === 'managed' ? subject.group.instanceTypes : subject.group.instancesDistribution?.instanceTypes;
  const at = list?.indexOf(type) ?? -1;
  const field = subject.kind === 'managed' ? 'instanceTypes' : 'instancesDistribution.instanceTypes';
  return at < 0 ? 'instanceType' : `${field}[${at}]`;
}

/** The type for which eksctl selects the AMI: the first with an accelerator, or else the first; empty if there is none. */
export function decidingType(subject: Pick<Subject, 'kind' | 'group'>): string {
  const listed = listedTypes(subject);
  return listed.find((type) => acceleratorOf(type) !== undefined) ?? listed[0] ?? subject.group.instanceType ?? '';
}

/** Whether there is an instanceSelector that selects something. */
export function hasSelector(group: UnvalidatedGroup): boolean {
  const { vCPUs, memory, cpuArchitecture, ...optional } = group.instanceSelector ?? {};
  return (
    Boolean(vCPUs) ||
    isNonEmptyString(memory) ||
    isNonEmptyString(cpuArchitecture) ||
    Object.values(optional).some(isSet)
  );
}
