import type { ClusterConfig, ClusterMeta } from '../../eksctl/types';
import type { Mutable } from '../../kube/values';

/** Sections of a ClusterConfig in eksctl's spelling; a complete file also fits. */
export type ClusterConfigPart = Partial<Omit<ClusterConfig, 'metadata'>> & { readonly metadata?: Partial<ClusterMeta> };

/** A ClusterConfig to be edited in place. */
type Editable = Mutable<ClusterConfig>;

/** The ClusterConfig that a Cluster writes: sections that are always there are not optional, so that an edit reads `config.vpc.nat.gateway = 'Single'`. */
export interface MadeClusterConfig extends Editable {
  accessConfig: NonNullable<Editable['accessConfig']>;
  addons: NonNullable<Editable['addons']>;
  autoModeConfig: NonNullable<Editable['autoModeConfig']>;
  cloudWatch: Required<NonNullable<Editable['cloudWatch']>>;
  iam: NonNullable<Editable['iam']> & Required<Pick<NonNullable<Editable['iam']>, 'podIdentityAssociations'>>;
  kubernetesNetworkConfig: NonNullable<Editable['kubernetesNetworkConfig']>;
  upgradePolicy: NonNullable<Editable['upgradePolicy']>;
  vpc: NonNullable<Editable['vpc']> & Required<Pick<NonNullable<Editable['vpc']>, 'nat'>>;
  zonalShiftConfig: NonNullable<Editable['zonalShiftConfig']>;
}
