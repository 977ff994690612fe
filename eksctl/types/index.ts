/**
 * eksctl's ClusterConfig (eksctl.io/v1alpha5), every section and property in eksctl's own spelling, as of eksctl v0.230.0.
 * Written by hand, types only: eksctl's schema lacks most literals, alternatives and defaults. The compiler compares every
 * name and type with `eksctl/schema/shapes.ts`, which is generated from that schema.
 */
export type * from './access';
export type * from './addons';
export type * from './capabilities';
export type * from './cluster';
export type * from './common';
export type * from './common';
export type * from './control-plane';
export type * from './fargate';
export type * from './iam';
export type * from './installed';
export type * from './managed-node-group';
export type * from './node-access';
export type * from './node-group';
export type * from './nodes';
export type * from './outpost';
export type * from './remote';
export type * from './vpc';
