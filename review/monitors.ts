import type { LabelSelector } from '../imports/kubernetes';
import type { Inventory, InventoryObject } from '../kube/inventory';
import type { LabelIndex, Labelled } from '../kube/label-index';
import { labelSelectorOf } from '../kube/label-selectors';
import type { Loose } from '../kube/loose';
import { indexPath, keyPath } from '../kube/text';
import { SelectablePods } from './selection';
import { declaredPorts, services } from './services';

/** What a ServiceMonitor or PodMonitor of the Prometheus operator scrapes. */
export interface MonitorTargets {
  readonly monitor: InventoryObject;
  readonly selector: LabelSelector;
  readonly namespaces: readonly string[] | 'all';
  readonly what: 'Services' | 'pods';
  /** What it selects, with the names of its ports. */
  readonly selected: readonly { readonly ports: readonly (string | undefined)[] }[];
  /** Ports that endpoints name. */
  readonly endpoints: readonly { readonly field: string; readonly port: string }[];
}

/** The monitors with a selector that can be read. */
export function monitorTargets(inventory: Inventory): readonly MonitorTargets[] {
  return inventory.view(targets);
}

function targets(inventory: Inventory): readonly MonitorTargets[] {
  const ofServices = (found: ReturnType<typeof services>) =>
    of('Services', 'ServiceMonitor', 'endpoints', found, ({ ports }) => ports.map(({ name }) => name));
  const ofPods = (found: SelectablePods) =>
    of('pods', 'PodMonitor', 'podMetricsEndpoints', found, (pod) => declaredPorts(pod).map(({ name }) => name));
  return [...ofServices(services(inventory)), ...ofPods(SelectablePods.of(inventory))];

  function of<T extends Labelled>(
    what: MonitorTargets['what'],
    kind: string,
    list: string,
    index: LabelIndex<T>,
    portsOf: (one: T) => readonly (string | undefined)[],
  ): MonitorTargets[] {
    return inventory.ofKind(kind, 'monitoring.coreos.com').flatMap((monitor) => {
      const { spec = {} } = monitor.manifest;
      const selector = labelSelectorOf(spec.selector);
      if (!selector) {
        return [];
      }
      const namespaces = namespacesOf(monitor);
      // to look through every namespace for each monitor would take too long in a large set
      const selected =
        namespaces === 'all' ? [] : namespaces.flatMap((namespace) => index.selectedBy(selector, namespace));
      const found = selected.map((one) => ({ ports: portsOf(one) }));
      return [{ monitor, selector, namespaces, what, selected: found, endpoints: endpointsOf(spec[list], list) }];
    });
  }
}

function namespacesOf({ manifest, namespace }: InventoryObject): MonitorTargets['namespaces'] {
  const { any, matchNames } = (manifest.spec?.namespaceSelector ?? {}) as Loose;
  if (any === true) {
    return 'all';
  }
  const names = Array.isArray(matchNames) ? matchNames.filter((name) => typeof name === 'string') : [];
  return names.length > 0 ? names : [namespace];
}

function endpointsOf(value: unknown, list: string): MonitorTargets['endpoints'] {
  return (Array.isArray(value) ? value : []).flatMap((endpoint: unknown, i) => {
    const { port } = (endpoint ?? {}) as Loose;
    return typeof port === 'string' ? [{ field: keyPath(indexPath(`spec.${list}`, i), 'port'), port }] : [];
  });
}
