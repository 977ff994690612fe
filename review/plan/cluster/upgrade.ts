import { asList, asObject } from '../../../kube/loose';
import { updateVersion } from './addon-commands';
import { eksctl, ofCluster } from './commands';
import type { Context, Draft, Section } from './draft';
import { timeout } from './drains';
import { replaceGroup } from './groups';
import { keptGroups } from './kept-groups';
import { replacedNodes, UPGRADE_LIMIT } from './managed-node-groups';
import { at } from './members';
import { rollBack } from './roll-back';
import { ADDON_MINUTES, CONTROL_PLANE_MINUTES, restartFargate, type Way } from './version-steps';
import { addonsOf, minors, versionFields } from './versions';

/** A kubelet may be this many minor versions older than the API server. */
const OLDEST_KUBELET = 3;

const VERSION = 'metadata.version';

/** Another Kubernetes version: one minor at a time, the control plane, then add-ons, then nodes. */
export const upgrade: Section = (context, draft) => {
  const { changes } = context;
  const fields = changes.under(VERSION);
  const { from, to } = minors(context);
  const options = [...changes.under('metadata.forceUpdateVersion'), ...changes.under('metadata.rollbackConfig')];
  if (fields.length === 0 || from === undefined || to === undefined || from === to) {
    draft.ignored(options, 'only an upgrade of the version reads it');
    draft.ignored(
      fields,
      from === to
        ? 'it is the version that eksctl chose'
        : 'without a version in the file, a cluster keeps the one that it has',
    );
  } else if (to > from) {
    forward(context, draft, { from, to, fields: [...fields, ...options] });
  } else if (to === from - 1) {
    rollBack(context, draft, { from, to, fields: [...fields, ...options] });
  } else {
    draft.newCluster(fields, 'a control plane goes back one minor version at most, within seven days of its upgrade');
    draft.ignored(options, 'only an upgrade of the version reads it');
  }
};

function forward(context: Context, draft: Draft, { from, to, fields }: Way): void {
  const { target } = context;
  let oldest = from;
  for (let minor = from + 1; minor <= to; minor++) {
    if (minor - oldest > OLDEST_KUBELET) {
      nodes(context, draft, minor - 1, 'control-plane', fields);
      oldest = minor - 1;
    }
    const version = `1.${minor}`;
    const forced = asObject(context.new.metadata).forceUpdateVersion === true;
    draft.step('control-plane', {
      id: `upgrade/control-plane/${version}`,
      command:
        minor === to
          ? eksctl('upgrade', 'cluster', '-f', target.file, '--approve')
          : eksctl(
              ...['upgrade', 'cluster', '--name', target.cluster, '--region', target.region],
              ...['--version', version, ...(forced ? ['--force'] : []), '--approve'],
            ),
      text: `Upgrade the control plane from 1.${minor - 1} to ${version}; ${forced ? 'EKS does not look at its upgrade insights' : 'EKS refuses while its upgrade insights report errors'}`,
      fields,
      replaces: 'the servers of the control plane',
      minutes: CONTROL_PLANE_MINUTES,
      disturbs: 'connections to the Kubernetes API break and are made again; it can go back for seven days only',
      risk: 'danger',
    });
    addonSteps(context, draft, version, fields);
  }
  nodes(context, draft, to, 'nodes', fields);
}

/** Add-ons whose versions belong to a version of Kubernetes; at the end, those of the file. */
function addonSteps(context: Context, draft: Draft, version: string, fields: readonly string[]): void {
  const { target, old, new: next } = context;
  const last = version === at(next, VERSION);
  const names = addonsOf(old, next);
  const versionOf = (name: string): string | undefined => {
    const of = asList(next.addons).find((one) => one.name === name)?.version;
    return last && typeof of === 'string' ? of : undefined;
  };
  if (names.length > 0 && names.length === asList(next.addons).length && names.every(versionOf)) {
    draft.step('control-plane', {
      id: `upgrade/addons/${version}`,
      command: eksctl('update', 'addon', '-f', target.file, '--wait'),
      text: 'Update all add-ons to the versions of the file, one after the other',
      fields: [...fields, ...names.flatMap((name) => versionFields(context, name))],
      minutes: [ADDON_MINUTES[0] * names.length, ADDON_MINUTES[1] * names.length],
      disturbs: 'the pods of the add-ons are replaced',
      risk: 'notice',
    });
    return;
  }
  for (const name of names) {
    const addon = asList(next.addons).find((one) => one.name === name) ?? { name };
    const wanted = versionOf(name);
    draft.step('control-plane', {
      id: `upgrade/addon/${name}/${version}`,
      command: updateVersion(target, next, addon, wanted ?? 'latest'),
      text: `Update the add-on '${name}' to ${wanted === undefined ? `its newest version for ${version}` : `version ${wanted}`}`,
      fields: [...fields, ...(wanted === undefined ? [] : versionFields(context, name))],
      minutes: ADDON_MINUTES,
      disturbs: 'the pods of the add-on are replaced',
      risk: 'notice',
    });
  }
}

/** The nodes of groups that stay; those of others are made with the new version. */
function nodes(
  context: Context,
  draft: Draft,
  minor: number,
  phase: 'control-plane' | 'nodes',
  fields: readonly string[],
): void {
  const { target } = context;
  const version = `1.${minor}`;
  for (const { section, name, group, inPlace, newImage } of keptGroups(context)) {
    if (inPlace && newImage && phase === 'nodes') {
      // its release is of the version
      continue;
    }
    if (inPlace) {
      const replaced = replacedNodes(context, name, group);
      draft.step(phase, {
        ...replaced,
        id: `upgrade/node-group/${name}/${version}`,
        command: eksctl(
          ...['upgrade', 'nodegroup', ...ofCluster(target), '--name', name, '--kubernetes-version', version],
          ...timeout(replaced.minutes, UPGRADE_LIMIT),
        ),
        text: `Replace the nodes of '${name}' by nodes of ${version}`,
        fields,
      });
    } else if (phase === 'control-plane') {
      draft.step(phase, {
        id: `upgrade/node-group/${name}/${version}`,
        text: `Replace the node group '${name}' by one of ${version} before you go on, with a file of that version: a kubelet is at most three versions older than the API server`,
        fields,
        replaces: `node group '${name}'`,
        risk: 'danger',
      });
    } else {
      replaceGroup(context, draft, {
        section,
        name,
        group,
        fields,
        why: 'eksctl upgrades managed groups with an image of EKS only',
      });
    }
  }
  ofThemselves(context, draft, version, phase, fields);
  if (phase === 'nodes') {
    restartFargate(context, draft, version, fields);
  }
}

/** Nodes that follow the version of the control plane without a command. */
function ofThemselves(
  { new: next, budgets }: Context,
  draft: Draft,
  version: string,
  phase: 'control-plane' | 'nodes',
  fields: readonly string[],
): void {
  const makers = [
    ...(at(next, 'autoModeConfig.enabled') === true ? ['Auto Mode'] : []),
    ...(next.karpenter === undefined ? [] : ['Karpenter']),
  ];
  for (const maker of makers) {
    draft.step(phase, {
      id: `upgrade/${maker === 'Karpenter' ? 'karpenter' : 'auto-mode'}/${version}`,
      text: `Wait until ${maker} has replaced its nodes by nodes of ${version}, which it does by itself`,
      fields,
      replaces: `the nodes of ${maker}`,
      disturbs: 'pods are evicted node by node, within the disruption budgets of the NodePools',
      ...budgets.any,
      risk: 'danger',
    });
  }
}
