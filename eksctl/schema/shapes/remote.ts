import type { RemoteNetwork, RemoteNetworkConfig, RemoteNodesIAM } from '../../types';
import { list, named, struct, TEXT, TEXT_LIST } from '../kind';

export const REMOTE_NODES_IAM = struct<RemoteNodesIAM>('RemoteNodesIAM', {
  caBundleCert: TEXT,
  provider: TEXT,
  roleARN: TEXT,
});

export const REMOTE_NETWORK = struct<RemoteNetwork>('RemoteNetwork', {
  cidrs: TEXT_LIST,
});

const VPC_GATEWAY = named('VPCGateway', TEXT);

export const REMOTE_NETWORK_CONFIG = struct<RemoteNetworkConfig>('RemoteNetworkConfig', {
  iam: REMOTE_NODES_IAM,
  remoteNodeNetworks: list(REMOTE_NETWORK),
  remotePodNetworks: list(REMOTE_NETWORK),
  vpcGatewayID: VPC_GATEWAY,
});
