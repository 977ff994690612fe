import { indexPath } from '../../kube/text';
import type { Check } from '../core/check';
import { ItemCheck } from '../core/item-check';
import type { PortModel } from '../core/ports';
import { type Expose, resolveExpose } from '../network/expose';
import type { ExposeWay } from '../network/expose/way';
import type { ProbesModel } from '../pods/probes';
import { sidecarReadiness } from './containers/sidecar-ports';

type AllPorts = readonly [PortModel, ...PortModel[]];

/** One way from outside, with the ports that it sends traffic to. */
export interface Exposure {
  readonly way: ExposeWay;
  readonly targets: AllPorts;
  /** What a load balancer asks: the readiness of the sidecar that listens on the first port, or of the workload's own container. */
  readonly readiness: ProbesModel['readinessProbe'];
  /** What its objects have at the end of their names; '' for the first of its kind. */
  readonly suffix: string;
  /** The prop that it comes from: 'expose', 'expose[1]'. */
  readonly field: string;
}

/** @param readiness the probe of the workload's own container */
export function resolveExposures(
  check: Check,
  {
    expose,
    sidecars,
  }: { readonly expose?: Expose<string> | readonly Expose<string>[]; readonly sidecars?: readonly object[] },
  ports: AllPorts,
  readiness: ProbesModel['readinessProbe'],
): readonly [Exposure, ...Exposure[]] {
  const given = Array.isArray(expose) ? (expose as readonly Expose<string>[]) : undefined;
  if (given?.length === 0) {
    check.fail('invalid', 'expose', 'expose must not be empty', 'leave it out, or write Expose.alb({...})');
  }
  if (!given) {
    return [resolved(check, [], resolveExpose(check, expose as Expose<string> | undefined), 'expose')];
  }
  const found: Exposure[] = [];
  for (const [i, one] of given.entries()) {
    const field = indexPath('expose', i);
    const own = new ItemCheck(check.path, 'expose', field);
    const way = resolveExpose(own, one ?? null);
    if (given.length > 1 && way.kind === 'cluster-ip') {
      own.fail(
        'forbidden',
        'expose',
        'expose is Expose.clusterIp(), which every workload has beside the others',
        'leave it out',
      );
    }
    found.push(resolved(own, found, way, field));
  }
  return found as unknown as readonly [Exposure, ...Exposure[]];

  function resolved(own: Check, before: readonly Exposure[], way: ExposeWay, field: string): Exposure {
    const targets = targetsOf(own, way, ports);
    const asked = sidecarReadiness(check, sidecars, ports, targets[0]) ?? readiness;
    for (const port of targets) {
      way.checkPort(own, { port, readiness: asked });
    }
    return { way, targets, readiness: asked, suffix: suffixOf(own, before, way, targets), field };
  }
}

function targetsOf(check: Check, way: ExposeWay, ports: AllPorts): AllPorts {
  const names = way.portNames();
  if (names.length === 0 && ports.length === 1) {
    return ports;
  }
  const [first = ports[0], ...rest] = names.map(
    ({ name, field }) =>
      ports.find((p) => p.name === name) ??
      check.fail(
        'unsupported',
        field,
        `${field} must be the name of a port, but is '${name}'`,
        `use one of ${ports.map((p) => `'${p.name}'`).join(', ')}`,
      ),
  );
  return [first, ...rest];
}

/** The second of a kind is told apart by its port, else by who reaches it. */
function suffixOf(check: Check, before: readonly Exposure[], way: ExposeWay, [port]: AllPorts): string {
  if (before.length === 0) {
    return '';
  }
  const { kind, scheme, apart } = way;
  const taken = before.filter(({ way }) => way.kind === kind).map(({ suffix }) => suffix);
  if (taken.length === 0) {
    return '';
  }
  const samePort = before.some(({ way, targets }) => way.kind === kind && targets[0].name === port.name);
  const own = samePort ? (apart ?? (scheme === 'internal' ? 'internal' : 'public')) : port.name;
  if (kind === 'node-port' || taken.includes(own)) {
    check.fail(
      'duplicate',
      'expose',
      kind === 'node-port'
        ? 'expose has Expose.nodePort() twice, but a Service has one type'
        : `expose has a load balancer of the same kind for port '${port.name}' already, which is as ${own}`,
      'leave one of them out, or expose another port',
    );
  }
  return own;
}
