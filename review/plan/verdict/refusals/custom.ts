import { groupKindOf } from '../../../../kube/kinds';
import type { Refusal } from '../../model';
import { at, isSame } from '../values';
import { IMMUTABLE, type Rule, type Update } from './refusal';

/** What the definition of a custom resource says about changes of a field. */
interface Transition {
  readonly path: string;
  /** 'same': it cannot change; 'kept': once given it stays given; 'as given': it cannot come or go. */
  readonly rule: 'same' | 'kept' | 'as given';
  /** Where the server says so. @default - the path */
  readonly field?: string;
}

const same = (path: string, field?: string): Transition => ({ path, rule: 'same', ...(field ? { field } : {}) });
const kept = (path: string, field: string): Transition => ({ path, rule: 'kept', field });

const SNAPSHOT_SOURCES = ['persistentVolumeClaimName', 'volumeSnapshotContentName'].map((key) => `spec.source.${key}`);
const CONTENT_SOURCES = ['snapshotHandle', 'volumeHandle'].map((key) => `spec.source.${key}`);

/** By group and kind, from the rules on `oldSelf` in their CustomResourceDefinitions (2026-08). */
const TRANSITIONS: Readonly<Record<string, readonly Transition[]>> = {
  'argoproj.io/Rollout': [same('spec.selector')],
  'eks.amazonaws.com/NodeClass': [same('spec.role')],
  'gateway.networking.k8s.io/GatewayClass': [same('spec.controllerName')],
  'karpenter.sh/NodeClaim': [same('spec')],
  'karpenter.sh/NodePool': [
    { path: 'spec.replicas', rule: 'as given', field: 'spec' },
    same('spec.template.spec.nodeClassRef.group', 'spec.template.spec.nodeClassRef'),
    same('spec.template.spec.nodeClassRef.kind', 'spec.template.spec.nodeClassRef'),
  ],
  'kro.run/ResourceGraphDefinition': ['apiVersion', 'group', 'kind', 'scope'].map((key) => same(`spec.schema.${key}`)),
  'snapshot.storage.k8s.io/VolumeSnapshot': SNAPSHOT_SOURCES.flatMap((path) => [same(path), kept(path, 'spec.source')]),
  'snapshot.storage.k8s.io/VolumeSnapshotContent': [
    ...CONTENT_SOURCES.flatMap((path) => [same(path), kept(path, 'spec.source')]),
    same('spec.sourceVolumeMode'),
    kept('spec.sourceVolumeMode', 'spec'),
  ],
};

/** The rule of a custom resource of which transitions are known. */
export function customRule(apiVersion: string, kind: string): Rule | undefined {
  const transitions = TRANSITIONS[groupKindOf({ apiVersion, kind })];
  return transitions && ((update) => ({ refusals: transitions.flatMap((one) => refusalsOf(update, one)) }));
}

function refusalsOf({ live, next }: Update, { path, rule, field = path }: Transition): Refusal[] {
  const [before, after] = [live, next].map((of) => at(of, ...path.split('.')));
  const [had, has] = [before !== undefined, after !== undefined];
  switch (rule) {
    case 'same':
      return had && has && !isSame(before, after) ? [{ field, reason: IMMUTABLE }] : [];
    case 'kept':
      return had && !has ? [{ field, reason: `${path} cannot be taken away` }] : [];
    default:
      return had === has ? [] : [{ field, reason: `${path} cannot be added or taken away` }];
  }
}
