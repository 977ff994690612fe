import type { IConstruct } from 'constructs';
import { Inherited } from '../../core/inherited';

const roles = new Inherited<readonly string[]>('karpenter-node-roles');
const subnets = new Inherited<readonly string[]>('karpenter-subnets');

/** Lets the controller give a role to nodes. */
export function addNodeRole(construct: IConstruct, role: string): void {
  const { root } = construct.node;
  roles.set(root, [...new Set([...(roles.at(root) ?? []), role])]);
}

/** Names of the roles that classes of nodes have beside that of the class 'default'. */
export function nodeRoles(construct: IConstruct): readonly string[] {
  return roles.at(construct.node.root) ?? [];
}

/** The private subnets of an existing VPC, by their ids. */
export function setKarpenterSubnets(construct: IConstruct, ids: readonly string[]): void {
  subnets.set(construct.node.root, ids);
}

export function karpenterSubnets(construct: IConstruct): readonly string[] | undefined {
  return subnets.at(construct.node.root);
}
