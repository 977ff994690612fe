import type { ClusterConfig } from '../eksctl/types';
import type { FilePlace } from '../kube/finding';
import { keyPath } from '../kube/text';
import { waivedRule } from './waiver-text';
import type { DeclaredWaiver } from './waivers';

/**
 * The waivers that a ClusterConfig has as annotations, which eksctl ignores.
 *
 * @param path the file or folder that they cover; '' is everything that is reviewed
 * @param place of the ClusterConfig
 */
export function clusterWaivers(
  { metadata }: Pick<ClusterConfig, 'metadata'>,
  path: string,
  { construct, file }: { readonly construct?: string; readonly file?: FilePlace },
): DeclaredWaiver[] {
  const place = { ...(construct === undefined ? {} : { construct }), ...(file ? { file } : {}) };
  return Object.entries(metadata?.annotations ?? {}).flatMap(([name, text]): DeclaredWaiver[] => {
    const rule = waivedRule(name);
    return rule === undefined || typeof text !== 'string'
      ? []
      : [{ path, rule, text, place: { ...place, field: keyPath('metadata.annotations', name) } }];
  });
}
