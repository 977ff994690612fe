import type { Check } from '../core/check';
import type { Ports } from '../core/ports';
import type { SplitPorts } from './member-ports';
import { headlessName } from './members';
import { ServiceAddress, type ServiceModel } from './service-parts';

/** Addresses of the Service, and of all pods for those that form a cluster. */
export class WebAddress extends ServiceAddress {
  constructor(
    private readonly own: Check,
    name: string,
    namespace: string,
    clientPorts: SplitPorts['clientPorts'],
    { ports }: ServiceModel,
    private readonly clustered: boolean,
    port: Ports<string>,
  ) {
    super(own, name, namespace, clientPorts, typeof port === 'number', ports);
  }

  get domain(): string {
    if (!this.clustered) {
      this.own.fail(
        'unsupported',
        'memberPorts',
        'domain is the name of the headless Service, which only pods with memberPorts have',
        "write memberPorts: ['gossip'], or [] for a cluster on the ports of clients",
      );
    }
    return `${headlessName(this.name)}.${this.namespace}.svc.cluster.local`;
  }
}
