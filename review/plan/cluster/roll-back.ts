import { asList } from '../../../kube/loose';
import { updateVersion } from './addon-commands';
import { aws, eksctl } from './commands';
import type { Context, Draft } from './draft';
import { replaceGroup } from './groups';
import { keptGroups } from './kept-groups';
import { replacedNodes } from './managed-node-groups';
import { at } from './members';
import { ADDON_MINUTES, CONTROL_PLANE_MINUTES, restartFargate, type Way } from './version-steps';
import { addonsOf, FIRST_ADDONS, versionFields } from './versions';

/** Back by one: nodes and add-ons first, since neither may be newer than the API server. */
export function rollBack(context: Context, draft: Draft, { from, to, fields }: Way): void {
  const { target, old, new: next } = context;
  const version = `1.${to}`;
  const automatic = at(next, 'autoModeConfig.enabled') === true;
  for (const { section, name, group, inPlace } of keptGroups(context)) {
    if (inPlace) {
      draft.step('roll-back-nodes', {
        ...replacedNodes(context, name, group),
        id: `roll-back/node-group/${name}`,
        command: aws(target, 'eks', 'update-nodegroup-version', {
          'cluster-name': target.cluster,
          'nodegroup-name': name,
          'kubernetes-version': version,
        }),
        text: `Replace the nodes of '${name}' by nodes of ${version}; a kubelet must not be newer than the API server`,
        fields,
      });
    } else {
      // eksctl makes groups of the version of the file
      replaceGroup(context, draft, {
        section,
        name,
        group,
        fields,
        why: 'a kubelet must not be newer than the API server, and only managed groups with an image of EKS change their version',
        phases: ['roll-back-nodes', 'roll-back-nodes'],
      });
    }
  }
  for (const name of addonsOf(old, next).filter((one) => FIRST_ADDONS.includes(one))) {
    const addon = asList(next.addons).find((one) => one.name === name);
    const known = typeof addon?.version === 'string';
    draft.step('roll-back-nodes', {
      id: `roll-back/addon/${name}`,
      ...(known ? { command: updateVersion(target, next, addon, String(addon.version)) } : {}),
      text: known
        ? `Give the add-on '${name}' the version ${addon.version}`
        : `Give the add-on '${name}' a version for ${version}: \`eksctl utils describe-addon-versions --kubernetes-version ${version} --name ${name}\` lists them, and \`eksctl update addon\` takes one`,
      fields: [...fields, ...versionFields(context, name)],
      minutes: ADDON_MINUTES,
      disturbs: 'the pods of the add-on are replaced',
      risk: 'notice',
    });
  }
  draft.step('control-plane', {
    id: `roll-back/control-plane/${version}`,
    command: eksctl('upgrade', 'cluster', '-f', target.file, '--approve'),
    text: `Roll the control plane back from 1.${from} to ${version}; EKS does it within seven days of the upgrade to 1.${from}, and not in a cluster made with it${automatic ? '; nodes of Auto Mode go back first, by themselves' : ''}`,
    fields,
    replaces: 'the servers of the control plane',
    minutes: CONTROL_PLANE_MINUTES,
    disturbs: `connections to the Kubernetes API break and are made again; objects that only 1.${from} knows are lost to clients`,
    risk: 'danger',
  });
  restartFargate(context, draft, version, fields);
}
