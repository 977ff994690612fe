import type { ClusterConfig } from '../../../eksctl/types';
import { access } from './access';
import { addons } from './addons';
import { autoMode } from './auto-mode';
import { capabilities } from './capabilities';
import type { Section } from './draft';
import { fargate } from './fargate';
import type { Fields } from './fields';
import { identityMappings, identityProviders } from './identity-providers';
import { installed } from './installed';
import { logging } from './logging';
import { managedNodeGroups } from './managed-node-groups';
import { network } from './network';
import { once } from './once';
import { podIdentity } from './pod-identity';
import { selfManagedNodeGroups } from './self-managed-node-groups';
import { serviceAccounts } from './service-accounts';
import { settings } from './settings';
import { upgrade } from './upgrade';

/** What plans the changes of each part of a ClusterConfig. */
const BY_FIELD: Fields<ClusterConfig, readonly Section[]> = {
  apiVersion: [],
  kind: [],
  metadata: [upgrade, settings, once],
  accessConfig: [access, once],
  addons: [addons],
  addonsConfig: [once],
  autoModeConfig: [autoMode, once],
  availabilityZones: [once],
  capabilities: [capabilities],
  cloudWatch: [logging],
  controlPlaneScalingConfig: [settings],
  fargateProfiles: [fargate],
  gitops: [installed],
  iam: [serviceAccounts, podIdentity, once],
  iamIdentityMappings: [identityMappings],
  identityProviders: [identityProviders],
  karpenter: [installed],
  kubeAPIServerConfig: [settings],
  kubeControllerManagerConfig: [settings],
  kubeSchedulerConfig: [settings],
  kubernetesNetworkConfig: [once],
  localZones: [once],
  managedNodeGroups: [managedNodeGroups],
  nodeGroups: [selfManagedNodeGroups],
  outpost: [once],
  privateCluster: [once],
  remoteNetworkConfig: [network, once],
  secretsEncryption: [settings],
  upgradePolicy: [settings],
  vpc: [network, once],
  zonalShiftConfig: [settings],
};

/** Each once, in an order in which steps of one phase follow each other. */
export const SECTIONS: readonly Section[] = [...new Set(Object.values(BY_FIELD).flat())];
