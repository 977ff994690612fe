import { addonSpec } from '../../../eks/addons';
import type { Loose } from '../../../kube/loose';
import { eksctl, eksctlWith, ofCluster, type Target } from './commands';
import { at } from './members';

const isAutomatic = (config: Loose): boolean => at(config, 'addonsConfig.autoApplyPodIdentityAssociations') === true;

/**
 * The update of an add-on, in whole: eksctl refuses to update one with pod identities where they are not written, so that
 * they are not lost by mistake. Those that eksctl gives by itself are told by the setting of the cluster.
 */
export function updateAddon(target: Target, config: Loose, addon: Loose): string {
  const addonsConfig = { autoApplyPodIdentityAssociations: true };
  const part = { addons: [addon], ...(isAutomatic(config) ? { addonsConfig } : {}) };
  return eksctlWith(target, part, 'update', 'addon', '--wait');
}

/** The same for a version alone, shorter where the add-on has nothing else that eksctl asks for. */
export function updateVersion(target: Target, config: Loose, addon: Loose, version: string): string {
  const name = String(addon.name);
  const onlyVersion = Object.keys(addon).every((key) => key === 'name' || key === 'version' || key === 'tags');
  return onlyVersion && !(isAutomatic(config) && mayHaveIdentities(name))
    ? eksctl('update', 'addon', ...ofCluster(target), '--name', name, '--version', version, '--wait')
    : updateAddon(target, config, { ...addon, version });
}

/** Whether an add-on may have permissions in AWS: all but those of every cluster that are known to need none. */
function mayHaveIdentities(name: string): boolean {
  const spec = addonSpec(name);
  return spec?.base !== true || spec.recommends === true || spec.needs !== undefined;
}
