import type { LabelSelector } from '../../../imports/kubernetes';
import { kubectlName } from '../kubectl';
import type { Change } from '../model';
import { changedWithin, type Remedy } from './remedy';

/** Another selector: the new object makes pods of its own, and the old ones go once these are ready. */
function anotherSelector(kind: 'Deployment' | 'DaemonSet', pods: 'replicasets.apps' | 'pods', text: string): Remedy {
  return {
    kinds: [`apps/${kind}`],
    fits: (change) => changedWithin(change, 'spec.selector').length > 0,
    steps: (change, apply) => [
      { text, command: `kubectl delete ${kubectlName(change.object)} --cascade=orphan` },
      { text: 'Apply: the new pods start beside the old ones.', command: apply },
      {
        text: 'Wait for the new pods.',
        command: `kubectl rollout status ${kubectlName(change.object)} --timeout=15m`,
      },
      {
        text: 'Delete the old pods, which the new selector does not select.',
        command: `kubectl delete ${pods} -l ${quoted(oldOnly(change))}${inNamespace(change)}`,
      },
    ],
  };
}

/** Deployments keep their pods through their ReplicaSets. */
export const SELECTORS: readonly Remedy[] = [
  anotherSelector('Deployment', 'replicasets.apps', 'Delete the Deployment without its pods, which keep running.'),
  anotherSelector('DaemonSet', 'pods', 'Delete the DaemonSet without its pods, which keep running.'),
];

/** What the old pods match, and the new ones do not. */
function oldOnly({ old, new: next }: Change): string {
  const [was, is] = [old, next].map((side) => (side?.manifest.spec?.selector ?? {}) as LabelSelector);
  const [before, after] = [was?.matchLabels ?? {}, is?.matchLabels ?? {}];
  const kept = Object.keys(before).map((key) => `${key}=${before[key]}`);
  const added = Object.keys(after)
    .filter((key) => !(key in before))
    .map((key) => `${key}!=${after[key]}`);
  return [...kept, ...added].join(',');
}

function quoted(text: string): string {
  return `'${text}'`;
}

function inNamespace({ object: { namespace } }: Change): string {
  return namespace === undefined ? '' : ` -n ${namespace}`;
}
