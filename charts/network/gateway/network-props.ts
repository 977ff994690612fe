import type { KeyTable } from '../../../kube/values';
import type { AlbFrontend } from '../expose/alb-props';
import { LOAD_BALANCER_SETTINGS, type LoadBalancerSettings } from '../expose/balancer-settings';
import type { NlbProps } from '../expose/nlb-props';
import type { GatewayProps } from './props';
import type { NetworkProtocol } from './target';

/** Props of a NetworkGateway. */
export interface NetworkGatewayProps
  extends Pick<GatewayProps, 'scheme' | 'allowFrom' | 'routesFrom'>,
    Pick<AlbFrontend, 'certificate' | 'tlsPolicy'>,
    Pick<NlbProps<string>, 'alpnPolicy'>,
    LoadBalancerSettings {
  /**
   * What it speaks, by the port on which it listens: { 5672: 'TCP', 53: 'UDP', 5671: 'TLS' }. With 'TLS' it ends TLS, and sends
   * TCP to the pods; with 'TCP' it passes TLS on. Its certificates are those of `certificate`, else the controller finds them in
   * ACM by the `host` of `Expose.networkGateway`.
   */
  readonly listeners: Readonly<Record<number, NetworkProtocol>>;
}

export const NETWORK_GATEWAY: KeyTable<NetworkGatewayProps> = {
  scheme: true,
  allowFrom: 'texts',
  routesFrom: true,
  listeners: 'map',
  certificate: true,
  tlsPolicy: 'text',
  alpnPolicy: true,
  ...LOAD_BALANCER_SETTINGS,
};
