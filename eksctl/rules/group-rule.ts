import { spelledFamily } from '../../eks/ami-families';
import { acceleratorOf } from '../../eks/instance-types';
import { DEFAULT_AMI_FAMILY } from '../node-group-defaults';
import type { AnyNodeGroup, NodeGroupRule, Report } from './rule';
import { isNonEmptyString, isSet, listOf, type UnvalidatedConfig, type UnvalidatedGroup } from './unvalidated';

type Kind = AnyNodeGroup['kind'];

/** A node group under a rule. Fields are given by their path within the group: 'taints[0].key'; '' is the group itself. */
export interface Subject extends Report {
  readonly kind: Kind;
  readonly group: UnvalidatedGroup;
  readonly config: UnvalidatedConfig;
  /**
   * The family of its image as eksctl spells it; empty where a self-managed group names none (eksctl checks those before
   * it fills in its defaults), or a managed group has its own image.
   */
  readonly family: string;
}

/** What a rule says of itself. */
interface Head extends Pick<NodeGroupRule, 'id' | 'enforcedBy' | 'title'> {
  /** The kind of group that it is about; both, when missing. */
  readonly only?: Kind;
}

export function groupRule({ only, ...head }: Head, check: (subject: Subject) => void): NodeGroupRule {
  return {
    ...head,
    check: (node, report, config) => {
      // eksctl refuses null in place of a group, by a rule over the whole file
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
  };
}

function familyOf(kind: Kind, group: UnvalidatedGroup): string {
  const written = spelledFamily(group.amiFamily ?? '');
  return written === '' && kind === 'managed' && !isNonEmptyString(group.ami) ? DEFAULT_AMI_FAMILY : written;
}

/** The instance types that a group lists; a single `instanceType` is no list. */
export function listedTypes({ kind, group }: Pick<Subject, 'kind' | 'group'>): readonly string[] {
  return listOf(kind === 'managed' ? group.instanceTypes : group.instancesDistribution?.instanceTypes);
}

/** Every instance type that a group names. */
export function namedTypes(subject: Pick<Subject, 'kind' | 'group'>): readonly string[] {
  const { instanceType } = subject.group;
  const single = isNonEmptyString(instanceType) && instanceType !== 'mixed' ? [instanceType] : [];
  return [...new Set([...listedTypes(subject), ...single])];
}

/** The type for which eksctl takes the image: the first with an accelerator, or the first of all; empty when none is named. */
export function decidingType(subject: Pick<Subject, 'kind' | 'group'>): string {
  const listed = listedTypes(subject);
  return listed.find((type) => acceleratorOf(type) !== undefined) ?? listed[0] ?? subject.group.instanceType ?? '';
}

/** Whether a selector is written that selects something. */
export function hasSelector(group: UnvalidatedGroup): boolean {
  const { vCPUs, memory, cpuArchitecture, ...optional } = group.instanceSelector ?? {};
  return (
    Boolean(vCPUs) ||
    isNonEmptyString(memory) ||
    isNonEmptyString(cpuArchitecture) ||
    Object.values(optional).some(isSet)
  );
}
