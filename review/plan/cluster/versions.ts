import { ADDONS, addonSpec } from '../../../eks/addons';
import { EKSCTL_DEFAULT_VERSION } from '../../../eks/versions';
import { asList, type Loose } from '../../../kube/loose';
import type { Context } from './draft';
import { at } from './members';

/** The add-ons that follow the version of Kubernetes, in this order: the network, names, and the proxy of Services. */
export const FIRST_ADDONS: readonly string[] = ['vpc-cni', 'coredns', 'kube-proxy'];

const minorOf = (version: unknown): number | undefined => {
  const minor = typeof version === 'string' ? /^1\.(\d{1,3})$/.exec(version)?.[1] : undefined;
  return minor === undefined ? undefined : Number(minor);
};

/** The minor versions before and after; undefined where one is no version. A cluster whose file had none has eksctl's. */
export function minors({ old, new: next }: Pick<Context, 'old' | 'new'>): Record<'from' | 'to', number | undefined> {
  return {
    from: minorOf(at(old, 'metadata.version') ?? EKSCTL_DEFAULT_VERSION),
    to: minorOf(at(next, 'metadata.version')),
  };
}

/** Whether a change of the version of Kubernetes already gives an add-on the version that the file has. */
export function isByUpgrade(context: Context, name: string): boolean {
  const { from, to } = minors(context);
  const has = (config: Loose): boolean =>
    asList(config.addons).some((addon) => addon.name === name && typeof addon.version === 'string');
  if (from === undefined || to === undefined || !has(context.new)) {
    return false;
  }
  return to > from || (to === from - 1 && FIRST_ADDONS.includes(name));
}

/** The changed version of an add-on that this change of Kubernetes brings with it. */
export const versionFields = (context: Context, name: string): string[] =>
  isByUpgrade(context, name) ? context.changes.under(`addons[${name}].version`) : [];

/** The add-ons that are in the cluster and stay. */
export function addonsOf(old: Loose, next: Loose): string[] {
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

/** Whether eksctl installs the add-on in a cluster whose file does not name it. */
export function isByEksctl(config: Loose, name: string): boolean {
  const spec = addonSpec(name);
  const none = at(config, 'addonsConfig.disableDefaultAddons') === true;
  return (
    spec?.byEksctl === true && !none && !(at(config, 'autoModeConfig.enabled') === true && spec.inAutoMode === true)
  );
}
