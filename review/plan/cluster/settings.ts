import { isObject } from '../../../kube/loose';
import { arnOf, aws, eksctl, ofCluster, retag } from './commands';
import type { Context, Draft, Section } from './draft';
import { at } from './members';

/** Of a change that EKS makes to the control plane. */
const CONTROL_PLANE_MINUTES = [3, 15] as const;

/** Settings of the control plane that change in place. */
export const settings: Section = (context, draft) => {
  supportPolicy(context, draft);
  zonalShift(context, draft);
  scaling(context, draft);
  components(context, draft);
  encryption(context, draft);
  tags(context, draft);
};

function supportPolicy({ changes, new: next, target }: Context, draft: Draft): void {
  const fields = changes.under('upgradePolicy');
  if (fields.length === 0) {
    return;
  }
  const supportType = at(next, 'upgradePolicy.supportType');
  draft.step('support', {
    id: 'settings/upgrade-policy',
    command: aws(target, 'eks', 'update-cluster-config', {
      name: target.cluster,
      'upgrade-policy': `supportType=${supportType}`,
    }),
    text:
      supportType === 'STANDARD'
        ? 'End with standard support: EKS then upgrades the cluster by itself, and refuses this for a version in extended support'
        : 'Allow extended support, which costs more per hour once the version is out of standard support',
    fields,
    minutes: [1, 5],
    risk: 'notice',
  });
}

function zonalShift({ changes, new: next, target }: Context, draft: Draft): void {
  const fields = changes.under('zonalShiftConfig');
  if (fields.length === 0) {
    return;
  }
  const enabled = at(next, 'zonalShiftConfig.enabled') === true;
  draft.step('settings', {
    id: 'settings/zonal-shift',
    command: eksctl('utils', 'update-zonal-shift-config', ...ofCluster(target), `--enable-zonal-shift=${enabled}`),
    text: enabled
      ? 'Turn zonal shift on: traffic within the cluster can be moved out of a zone that fails'
      : 'Turn zonal shift off',
    fields,
    minutes: CONTROL_PLANE_MINUTES,
    risk: 'none',
  });
}

function scaling({ changes, new: next, target }: Context, draft: Draft): void {
  const fields = changes.under('controlPlaneScalingConfig');
  if (fields.length === 0) {
    return;
  }
  const tier = at(next, 'controlPlaneScalingConfig.tier') ?? 'standard';
  draft.step('settings', {
    id: 'settings/control-plane-scaling',
    command: aws(target, 'eks', 'update-cluster-config', {
      name: target.cluster,
      'control-plane-scaling-config': `tier=${tier}`,
    }),
    text: `Give the control plane the size '${tier}'; each tier has its own price`,
    fields,
    minutes: CONTROL_PLANE_MINUTES,
    risk: 'notice',
  });
}

function components({ changes, new: next, target }: Context, draft: Draft): void {
  const changed = ['kubeAPIServerConfig', 'kubeSchedulerConfig', 'kubeControllerManagerConfig'].flatMap((section) =>
    changes.under(section),
  );
  const gone = changed.filter((field) => at(next, field) === undefined);
  const set = changed.filter((field) => !gone.includes(field));
  draft.ignored(
    gone,
    'a value that is taken out of the file stays in the control plane; write the value that it should have',
  );
  if (set.length > 0) {
    draft.step('settings', {
      id: 'settings/control-plane-components',
      command: eksctl('utils', 'update-control-plane-component-config', '-f', target.file),
      text: 'Change flags of the API server, the scheduler or the controller manager',
      fields: set,
      minutes: CONTROL_PLANE_MINUTES,
      risk: 'notice',
    });
  }
}

function encryption({ changes, old, target }: Context, draft: Draft): void {
  const fields = changes.under('secretsEncryption');
  if (fields.length === 0) {
    return;
  }
  if (at(old, 'secretsEncryption.keyARN') !== undefined) {
    draft.newCluster(fields, 'the key that encrypts Secrets can neither be changed nor taken away once it is set');
    return;
  }
  draft.step('settings', {
    id: 'settings/secrets-encryption',
    command: eksctl('utils', 'enable-secrets-encryption', '-f', target.file, '--approve'),
    text: 'Encrypt Secrets with your key, and write all of them again; this cannot be undone, and without the key the Secrets are lost',
    fields,
    minutes: [10, 60],
    risk: 'danger',
  });
}

function tags({ changes, old, new: next, target }: Context, draft: Draft): void {
  const fields = changes.under('metadata.tags');
  const commands = retag(
    target,
    arnOf(target, 'cluster'),
    texts(at(old, 'metadata.tags')),
    texts(at(next, 'metadata.tags')),
  );
  for (const [i, command] of commands.entries()) {
    draft.step('settings', {
      id: `settings/tags/${i + 1}`,
      command,
      text: 'Change the tags of the cluster; its VPC, its roles and the nodes that exist keep theirs',
      fields,
      risk: 'none',
    });
  }
  if (commands.length === 0) {
    draft.ignored(fields, 'the tags are the same');
  }
}

/** Texts by key; anything else is left out. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
