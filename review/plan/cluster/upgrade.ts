import { ADDONS } from '../../../eks/addons';
import { isUbuntu, spelledFamily } from '../../../eks/ami-families';
import { DEFAULT_AMI_FAMILY } from '../../../eksctl/node-group-defaults';
import { asList, asObject, type Loose } from '../../../kube/loose';
import { updateAddons } from './addon-commands';
import { isByEksctl } from './addons';
import { aws, eksctl, ofCluster } from './commands';
import type { Context, Draft, Section } from './draft';
import { blocked } from './drains';
import { Fates } from './fields';
import { SELF_MANAGED } from './group-fields';
import { replaceGroup } from './groups';
import { isReplaced, replacedNodes } from './managed-node-groups';
import { at, changedMembers } from './members';
import { FIRST_ADDONS, isByUpgrade, minors } from './versions';

/** A kubelet may be this many minor versions older than the API server. */
const OLDEST_KUBELET = 3;

const CONTROL_PLANE_MINUTES = [8, 30] as const;
const ADDON_MINUTES = [1, 5] as const;
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
    back(context, draft, { from, to, fields: [...fields, ...options] });
  } else {
    draft.newCluster(fields, 'a control plane goes back one minor version at most, within seven days of its upgrade');
    draft.ignored(options, 'only an upgrade of the version reads it');
  }
};

interface Way {
  readonly from: number;
  readonly to: number;
  readonly fields: readonly string[];
}

function forward(context: Context, draft: Draft, { from, to, fields }: Way): void {
  const { target } = context;
  let oldest = from;
  for (let minor = from + 1; minor <= to; minor++) {
    if (minor - oldest > OLDEST_KUBELET) {
      nodes(context, draft, minor - 1, 'control-plane', fields);
      oldest = minor - 1;
    }
    const version = `1.${minor}`;
    const force = asObject(context.new.metadata).forceUpdateVersion === true ? ['--force'] : [];
    draft.step('control-plane', {
      id: `upgrade/control-plane/${version}`,
      command:
        minor === to
          ? eksctl('upgrade', 'cluster', '-f', target.file, '--approve')
          : eksctl(
              ...['upgrade', 'cluster', '--name', target.cluster, '--region', target.region],
              ...['--version', version, ...force, '--approve'],
            ),
      text: `Upgrade the control plane from 1.${minor - 1} to ${version}; EKS refuses where its upgrade insights find an error`,
      fields,
      replaces: 'the servers of the control plane',
      minutes: CONTROL_PLANE_MINUTES,
      disturbs: 'connections to the Kubernetes API break and are made again; it goes back within seven days only',
      risk: 'danger',
    });
    addonSteps(context, draft, version, fields);
  }
  nodes(context, draft, to, 'nodes', fields);
}

/** Add-ons whose versions belong to a version of Kubernetes: all at once, and the file's own versions at the end. */
function addonSteps(context: Context, draft: Draft, version: string, fields: readonly string[]): void {
  const { target, old, new: next } = context;
  const last = version === at(next, VERSION);
  const members = addonsOf(old, next).map((name) => {
    const addon = asList(next.addons).find((one) => one.name === name);
    return { ...addon, name, version: last && typeof addon?.version === 'string' ? addon.version : 'latest' };
  });
  if (members.length > 0) {
    const names = members.map((addon) => `'${addon.name}'${addon.version === 'latest' ? '' : ` ${addon.version}`}`);
    draft.step('control-plane', {
      id: `upgrade/addons/${version}`,
      command: updateAddons(target, next, members),
      text: `Update the add-ons to their versions for ${version}, one after the other: ${names.join(', ')}`,
      fields: [...fields, ...(last ? members.flatMap(({ name }) => versionFields(context, name)) : [])],
      minutes: [ADDON_MINUTES[0] * members.length, ADDON_MINUTES[1] * members.length],
      disturbs: 'the pods of the add-ons are replaced',
      risk: 'notice',
    });
  }
}

/** The changed version of an add-on that this change of Kubernetes brings with it. */
const versionFields = (context: Context, name: string): string[] =>
  isByUpgrade(context, name) ? context.changes.under(`addons[${name}].version`) : [];

/** The add-ons that are in the cluster and stay. */
function addonsOf(old: Loose, next: Loose): string[] {
  const namesIn = (config: Loose): string[] => [
    ...asList(config.addons).map(({ name }) => String(name)),
    ...Object.keys(ADDONS).filter((name) => isByEksctl(config, name)),
  ];
  const after = new Set(namesIn(next));
  const both = [...new Set(namesIn(old))].filter((name) => after.has(name));
  return [
    ...FIRST_ADDONS.filter((name) => both.includes(name)),
    ...both.filter((name) => !FIRST_ADDONS.includes(name)),
  ];
}

/** The nodes of groups that stay; those of others are made with the new version. */
function nodes(
  context: Context,
  draft: Draft,
  minor: number,
  phase: 'control-plane' | 'nodes',
  fields: readonly string[],
): void {
  const { target, new: next } = context;
  const version = `1.${minor}`;
  for (const { name, group, inPlace } of keptGroups(context)) {
    if (inPlace) {
      draft.step(phase, {
        ...replacedNodes(context, name, group),
        id: `upgrade/node-group/${name}/${version}`,
        command: eksctl('upgrade', 'nodegroup', ...ofCluster(target), '--name', name, '--kubernetes-version', version),
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
      const section = asList(next.nodeGroups).some((one) => one.name === name) ? 'nodeGroups' : 'managedNodeGroups';
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
  if (phase === 'nodes' && asList(next.fargateProfiles).length > 0) {
    draft.step('nodes', {
      id: `upgrade/fargate/${version}`,
      text: `Restart the workloads on Fargate, such as by \`kubectl rollout restart\`: their pods keep the kubelet that they started with`,
      fields,
      risk: 'notice',
    });
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
      ...blocked(budgets),
      risk: 'danger',
    });
  }
}

/** Groups of both files that this plan does not replace. */
function keptGroups(context: Context) {
  const { old, new: next } = context;
  const managed = changedMembers(context, 'managedNodeGroups').kept.filter(isReplaced);
  const own = changedMembers(context, 'nodeGroups').kept.filter(({ path, changed }) =>
    new Fates(path, changed, SELF_MANAGED).has('replace'),
  );
  const replaced = new Set([...managed, ...own].map(({ name }) => name));
  const stays = (section: string, name: unknown): boolean =>
    asList(old[section]).some((one) => one.name === name) && !replaced.has(String(name));
  return [
    ...asList(next.managedNodeGroups)
      .filter(({ name }) => stays('managedNodeGroups', name))
      .map((group) => ({ name: String(group.name), group, inPlace: isUpgradable(group) })),
    ...asList(next.nodeGroups)
      .filter(({ name }) => stays('nodeGroups', name))
      .map((group) => ({ name: String(group.name), group, inPlace: false })),
  ];
}

/** With an image of EKS; eksctl gives groups of Ubuntu an image of its own choice, which no update replaces. */
const isUpgradable = ({ ami, amiFamily }: Loose): boolean =>
  ami === undefined && !isUbuntu(spelledFamily(typeof amiFamily === 'string' ? amiFamily : DEFAULT_AMI_FAMILY));

/** Back by one: nodes and add-ons first, since neither may be newer than the API server. */
function back(context: Context, draft: Draft, { from, to, fields }: Way): void {
  const { target, old, new: next } = context;
  const version = `1.${to}`;
  for (const { name, group, inPlace } of keptGroups(context)) {
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
      const section = asList(next.nodeGroups).some((one) => one.name === name) ? 'nodeGroups' : 'managedNodeGroups';
      rollBackGroup(context, draft, section, name, group, fields);
    }
  }
  for (const name of addonsOf(old, next).filter((one) => FIRST_ADDONS.includes(one))) {
    const addon = asList(next.addons).find((one) => one.name === name);
    const known = typeof addon?.version === 'string';
    draft.step('roll-back-nodes', {
      id: `roll-back/addon/${name}`,
      ...(known ? { command: updateAddons(target, next, [addon]) } : {}),
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
    text: `Roll the control plane back from 1.${from} to ${version}; EKS does it within seven days of the upgrade to 1.${from}, and not in a cluster made with it`,
    fields,
    replaces: 'the servers of the control plane',
    minutes: CONTROL_PLANE_MINUTES,
    disturbs: `connections to the Kubernetes API break and are made again; objects that only 1.${from} knows are lost to clients`,
    risk: 'danger',
  });
}

/** eksctl makes groups of the version of the file. */
function rollBackGroup(
  context: Context,
  draft: Draft,
  section: 'managedNodeGroups' | 'nodeGroups',
  name: string,
  group: Loose,
  fields: readonly string[],
): void {
  const why =
    'eksctl changes the version of managed groups with an image of EKS only; delete the old group before the control plane goes back';
  replaceGroup(context, draft, { section, name, group, fields, why });
}
