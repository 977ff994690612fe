import { asList, asObject } from '../../../kube/loose';
import { eksctl, eksctlWith } from './commands';
import type { Context, Draft, Section } from './draft';
import { FIRST_ADDONS } from './versions';

/** Nodes that EKS makes by itself. */
export const autoMode: Section = (context, draft) => {
  const { changes, old, new: next } = context;
  const fields = ['enabled', 'nodePools', 'nodeRoleARN'].flatMap((key) => changes.under(`autoModeConfig.${key}`));
  if (fields.length === 0) {
    return;
  }
  const [was, is] = [old, next].map((config) => asObject(config.autoModeConfig)) as [Role, Role];
  if (is.enabled === true) {
    if (was.enabled === true && changes.under('autoModeConfig.nodeRoleARN').length > 0) {
      draft.newCluster(
        changes.under('autoModeConfig.nodeRoleARN'),
        'the role of its nodes is fixed while Auto Mode is on; turn it off and on again, or make another cluster',
      );
    }
    const settable = was.enabled === true ? fields.filter((field) => !field.endsWith('.nodeRoleARN')) : fields;
    if (settable.length > 0) {
      enable(context, draft, settable, was.enabled !== true);
    }
  } else if (was.enabled === true) {
    networkAddons(context, draft, fields);
    disable(context, draft, fields);
  } else {
    draft.ignored(fields, 'Auto Mode is off');
  }
};

type Role = { readonly enabled?: unknown };

function enable({ target }: Context, draft: Draft, fields: readonly string[], first: boolean): void {
  draft.step('auto-mode', {
    id: 'auto-mode/enable',
    command: eksctl('update', 'auto-mode-config', '-f', target.file),
    text: first
      ? 'Turn Auto Mode on; pods move to its nodes when they no longer fit elsewhere, or when other nodes are drained'
      : 'Change the node pools of Auto Mode',
    fields,
    minutes: [5, 30],
    ...(first ? {} : { disturbs: 'nodes of a pool that is taken away are drained and end' }),
    risk: 'danger',
  });
}

/** Nodes outside Auto Mode need these as pods, and eksctl installs them only with a cluster. */
function networkAddons({ target, new: next }: Context, draft: Draft, fields: readonly string[]): void {
  const named = new Set(asList(next.addons).map(({ name }) => name));
  const missing = FIRST_ADDONS.filter((name) => !named.has(name));
  if (missing.length > 0) {
    draft.step('addons', {
      id: 'auto-mode/addons',
      command: eksctlWith(target, { addons: missing.map((name) => ({ name })) }, 'create', 'addon', '--wait'),
      text: `Install ${missing.map((name) => `'${name}'`).join(', ')}, which are part of the nodes of Auto Mode and pods on others`,
      fields,
      minutes: [1, 10],
      risk: 'notice',
    });
  }
}

function disable({ target }: Context, draft: Draft, fields: readonly string[]): void {
  draft.step('remove-capacity', {
    id: 'auto-mode/disable',
    // the file may have no such section, and eksctl asks for it
    command: eksctlWith(target, { autoModeConfig: { enabled: false } }, 'update', 'auto-mode-config'),
    text: 'Turn Auto Mode off',
    fields,
    minutes: [5, 30],
    disturbs:
      'EKS ends all nodes of Auto Mode with their pods; volumes of ebs.csi.eks.amazonaws.com and its load balancers are no longer looked after',
    risk: 'danger',
  });
}
