import { describe } from '../../../kube/describe';
import { isPortName } from '../../../kube/names';
import { indexPath } from '../../../kube/text';
import type { Check } from '../../core/check';
import type { Probe as KubeProbe } from '../../core/k8s';
import { type PortModel, resolvePorts } from '../../core/ports';
import { resolveSidecarProbes } from '../../pods/probes';
import { ownKeyOf, type SidecarProps } from './container-props';

const NONE: readonly PortModel[] = [];

/** Ports of sidecars, which are ports of the workload too. A number must differ from all others: containers of a pod share its address. */
export function sidecarPorts(
  check: Check,
  sidecars: readonly object[] | undefined,
  own: readonly PortModel[] = [],
): readonly PortModel[] {
  if (sidecars === undefined) {
    return NONE;
  }
  const all = [...own];
  // what is no list is refused with the other checks of containers
  for (const [i, sidecar] of (Array.isArray(sidecars) ? sidecars : []).entries()) {
    const { port, name } = (sidecar ?? {}) as Partial<SidecarProps>;
    if (port === undefined || ownKeyOf(sidecar) === undefined) {
      continue;
    }
    const below = check.within(indexPath('sidecars', i));
    const container = below.text('name', name);
    if (typeof port === 'number' && !isPortName(container)) {
      below.fail(
        'invalid',
        'port',
        `port must have a name, since ${describe(container)} is longer than the 15 characters of a port name or has no letter`,
        `write port: { metrics: ${port} }`,
      );
    }
    for (const model of resolvePorts(below, port, container)) {
      const other = all.find((p) => p.name === model.name || (p.port === model.port && p.protocol === model.protocol));
      if (other) {
        below.fail(
          'duplicate',
          'port',
          `port '${model.name}' (${model.port}/${model.protocol}) must have a name and a number of its own, but the workload has '${other.name}' (${other.port}/${other.protocol})`,
          'use another number or name: containers of a pod share its address',
        );
      }
      all.push({ ...model, container });
    }
  }
  return all.slice(own.length);
}

/** The readiness probe, by HTTP or gRPC, of the sidecar that listens on a port of the workload; undefined without one. */
export function sidecarReadiness(
  check: Check,
  sidecars: readonly object[] | undefined,
  ports: readonly PortModel[],
  { container }: PortModel,
): KubeProbe | undefined {
  const index =
    container === undefined ? -1 : sidecars!.findIndex((one) => (one as SidecarProps | null)?.name === container);
  if (index < 0) {
    return undefined;
  }
  const named = ports.filter((port) => port.container === container);
  const { probes } = sidecars![index] as SidecarProps<string>;
  const below = check.within(indexPath('sidecars', index));
  const { readinessProbe } = resolveSidecarProbes(below, probes, { named, extra: [], open: true });
  return readinessProbe?.httpGet || readinessProbe?.grpc ? readinessProbe : undefined;
}
