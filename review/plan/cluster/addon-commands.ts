import { asObject, type Loose } from '../../../kube/loose';
import { eksctlWith, type Target } from './commands';
import { at } from './members';

/**
 * The update of add-ons, each in whole: eksctl refuses to update one with pod identities where they are not written, so
 * that they are not lost by mistake. Those that eksctl gives by itself are told by the setting of the cluster.
 */
export function updateAddons(target: Target, config: Loose, addons: readonly Loose[]): string {
  const automatic = at(config, 'addonsConfig.autoApplyPodIdentityAssociations') === true;
  return eksctlWith(
    target,
    { addons, ...(automatic ? { addonsConfig: asObject(config.addonsConfig) } : {}) },
    ...['update', 'addon', '--wait'],
  );
}
