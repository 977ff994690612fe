import { EKSCTL_DEFAULT_VERSION } from '../../../eks/versions';
import { resolvedNodeGroups } from '../../../eksctl/resolved-node-group';
import type { ClusterConfig } from '../../../eksctl/types';
import type { Inventory } from '../../../kube/inventory';
import { Changes } from './changes';
import { eksctl, type Target } from './commands';
import { withDefaults } from './defaults';
import { type Context, Draft } from './draft';
import { Budgets } from './drains';
import { at } from './members';
import type { ClusterPlan } from './model';
import { SECTIONS } from './sections';

/** What is known beside both files. */
export interface ClusterPlanOptions {
  /** The file of the new ClusterConfig, as the commands name it. @default 'cluster.yaml' */
  readonly file?: string | undefined;
  /** The objects of the cluster, whose disruption budgets can stop a drain. @default - not known */
  readonly inventory?: Inventory | undefined;
}

/**
 * The steps that make a running cluster equal to a changed ClusterConfig, as commands of eksctl and of the AWS CLI: eksctl
 * itself applies no file to a cluster that exists. Pure, asks nothing of AWS, and never throws on a config that was read.
 *
 * @param old what the cluster was made of, and everything applied since
 * @param next what it should be
 */
export function planCluster(old: ClusterConfig, next: ClusterConfig, options: ClusterPlanOptions = {}): ClusterPlan {
  const [before, after] = [withDefaults(old), withDefaults(next)];
  const changes = new Changes(before, after);
  const target: Target = {
    cluster: String(at(after, 'metadata.name')),
    region: String(at(after, 'metadata.region')),
    file: options.file ?? 'cluster.yaml',
  };
  const draft = new Draft();
  const moved = [...changes.under('metadata.name'), ...changes.under('metadata.region')];
  if (moved.length > 0) {
    anotherCluster(draft, changes, moved, target);
    return draft.plan;
  }
  const context: Context = {
    old: before,
    new: after,
    changes,
    target,
    budgets: new Budgets(
      options.inventory && {
        inventory: options.inventory,
        groups: resolvedNodeGroups(old),
        region: target.region,
        kubernetesVersion: String(at(before, 'metadata.version') ?? EKSCTL_DEFAULT_VERSION),
      },
    ),
  };
  for (const section of SECTIONS) {
    section(context, draft);
  }
  nameTheRest(draft, changes);
  return draft.plan;
}

/** A cluster of another name or in another region is another one, whatever else differs. */
function anotherCluster(draft: Draft, changes: Changes, moved: readonly string[], target: Target): void {
  draft.newCluster(moved, 'name and region are those of a cluster for its life');
  draft.step('prepare', {
    id: 'cluster/create',
    command: eksctl('create', 'cluster', '-f', target.file),
    text: `Make the cluster '${target.cluster}'; the old one stays until you delete it`,
    fields: changes.fields,
    minutes: [15, 40],
    risk: 'danger',
  });
}

/** Fields that eksctl refuses: unknown ones, and lists with two members of one name. */
function nameTheRest(draft: Draft, changes: Changes): void {
  const covered = draft.fields;
  draft.ignored(
    changes.fields.filter((field) => !covered.has(field)),
    'eksctl refuses a file with it: no such field, of another type, or two members of one name',
  );
}
