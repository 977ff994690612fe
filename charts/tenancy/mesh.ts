import { ISTIO_SIDECAR } from '../../kube/injectors';
import { isDnsLabel } from '../../kube/names';
import { indexPath } from '../../kube/text';
import type { KeyTable, Quantity } from '../../kube/values';
import { Check } from '../core/check';
import type { IstioModel, MeshModel, ProxyModel } from '../core/mesh';
import type { Because } from '../core/values';
import { checkResources } from '../pods/resources';

/** Pods that take plain text on every port, and the reason. */
export interface PermissiveMtls extends Because {
  /** Always 'permissive', so that the exception is explicit. */
  readonly mode: 'permissive';
}
/** Pods that the mesh lets everyone call, and the reason. */
export interface OpenAuthorization extends Because {
  /** Always true, so that the exception is explicit. */
  readonly open: true;
}
/** CPU and memory of the proxy beside each pod. Quantities are strings in Kubernetes notation. */
export interface MeshProxy {
  /** CPU request. @default '100m' - Istio's */
  readonly cpu?: Quantity;
  /** CPU limit, at least the request; 'none' for no limit. @default '2' - Istio's */
  readonly cpuLimit?: Quantity | 'none';
  /** Memory request, at least 4 MB. @default '128Mi' - Istio's */
  readonly memory?: Quantity;
  /** Memory limit, at least the request. It grows with the number of Services in the mesh. @default '1Gi' - Istio's */
  readonly memoryLimit?: Quantity;
}

/** How the pods of a tenant join Istio. */
export interface IstioOptions {
  /**
   * 'sidecar' adds a proxy to each pod; 'ambient' leaves connections to a proxy on each node, and pods as they are.
   *
   * @see https://istio.io/latest/docs/overview/dataplane-modes/
   */
  readonly mode: 'sidecar' | 'ambient';
  /**
   * Whether pods take connections by mutual TLS alone. Ports that others than the mesh call (load balancers, the control
   * plane, addresses, scrapers of metrics, namespaces outside of it) take plain text as well, each by its number.
   *
   * @default 'strict' - who calls is known by its certificate
   * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
   */
  readonly mtls?: 'strict' | PermissiveMtls;
  /**
   * Whether only who is declared may call a workload, on the declared ports: an AuthorizationPolicy of the same connections
   * as the NetworkPolicy. In ambient mode the NetworkPolicy sees one port for all connections, and this policy the ports.
   *
   * @default 'connections' - for tenants with an open network, everyone may call
   * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
   */
  readonly authorization?: 'connections' | OpenAuthorization;
  /**
   * The revision or tag of the control plane, as in the label `istio.io/rev`; with mode 'sidecar' only, since the label asks for
   * sidecars.
   *
   * @default - the default revision
   * @see https://istio.io/latest/docs/setup/upgrade/canary/
   */
  readonly revision?: string;
  /**
   * Namespaces outside of the app that are in the mesh, such as that of an ingress gateway. Tenants of the app are known. Who
   * calls from any other namespace comes with plain text.
   *
   * @default - none
   */
  readonly namespaces?: readonly string[];
  /** The size of each proxy, which the quota counts; with mode 'sidecar' only. @default - what Istio gives */
  readonly proxy?: MeshProxy;
}

/** How the pods of a tenant call by VPC Lattice. */
export interface LatticeOptions {
  /** TCP ports of the services that pods call. @default [80, 443] - what listeners of VPC Lattice have unless said */
  readonly ports?: readonly number[];
}

const ISTIO: KeyTable<IstioOptions> = {
  mode: true,
  mtls: true,
  authorization: true,
  revision: 'text',
  namespaces: 'texts',
  proxy: 'object',
};
const PROXY: KeyTable<MeshProxy> = { cpu: 'text', cpuLimit: 'text', memory: 'text', memoryLimit: 'text' };
const LATTICE: KeyTable<LatticeOptions> = { ports: 'list' };

/**
 * What carries the connections of a tenant: `mesh` of a Tenant.
 *
 * @example
 * new Tenant(cluster, 'shop', { mesh: Mesh.istio({ mode: 'ambient' }) });
 */
export class Mesh {
  /** Istio: mutual TLS between pods, and policies by who calls. The cluster's steps install it. @see https://istio.io/latest/docs/ */
  static istio(options: IstioOptions): Mesh {
    const check = new Check('Mesh.istio');
    check.keys<IstioOptions>('props', options ?? null, ISTIO);
    const { mode, mtls, authorization, revision, namespaces = [], proxy } = options;
    check.oneOf('mode', mode, ['sidecar', 'ambient']);
    if (revision !== undefined && !isDnsLabel(revision)) {
      check.fail(
        'invalid',
        'revision',
        `revision must be at most 63 lowercase letters, digits and '-', but is '${revision}'`,
        "write for example 'stable' or '1-30'",
      );
    }
    for (const [i, name] of namespaces.entries()) {
      if (typeof name !== 'string' || !isDnsLabel(name)) {
        check.fail(
          typeof name === 'string' ? 'invalid' : 'type',
          indexPath('namespaces', i),
          `${indexPath('namespaces', i)} must be the name of a namespace, but is '${String(name)}'`,
          "write for example 'istio-ingress'",
        );
      }
    }
    for (const [field, value] of Object.entries({ proxy, revision })) {
      if (value !== undefined && mode === 'ambient') {
        check.fail(
          'forbidden',
          field,
          `${field} must not be set with mode 'ambient', which adds nothing to pods`,
          `leave ${field} out, or write mode: 'sidecar'`,
        );
      }
    }
    return new Mesh({
      provider: 'istio',
      mode,
      revision,
      permissiveBecause: permissiveBecause(check, mtls),
      ...authorizationOf(check, authorization),
      namespaces,
      proxy: proxyOf(check, proxy),
    });
  }

  /**
   * VPC Lattice: pods may call its services, and its services may call the ports of clients. Routes say which ports those are,
   * and auth policies who may call.
   *
   * @see https://www.gateway-api-controller.eks.aws.dev/latest/
   */
  static lattice(options: LatticeOptions = {}): Mesh {
    const check = new Check('Mesh.lattice');
    check.keys<LatticeOptions>('props', options ?? null, LATTICE);
    const { ports = [80, 443] } = options;
    for (const [i, port] of ports.entries()) {
      check.integer(indexPath('ports', i), port, 1, 65535);
    }
    if (ports.length === 0) {
      check.fail('required', 'ports', 'ports must not be empty', 'leave ports out for 80 and 443');
    }
    return new Mesh({ provider: 'lattice', ports: [...new Set(ports)] });
  }

  private constructor(
    /** @internal */
    readonly model: MeshModel,
  ) {}
}

function permissiveBecause(check: Check, mtls: IstioOptions['mtls']): string | undefined {
  if (mtls === undefined || mtls === 'strict') {
    return undefined;
  }
  check.keys<PermissiveMtls>('mtls', mtls, { mode: true, because: 'text' });
  check.oneOf('mtls.mode', mtls.mode, ['permissive']);
  return check.because('mtls', mtls.because);
}

function authorizationOf(
  check: Check,
  authorization: IstioOptions['authorization'],
): Pick<IstioModel, 'authorizes' | 'openBecause'> {
  if (authorization === undefined || authorization === 'connections') {
    return { authorizes: true, openBecause: undefined };
  }
  check.keys<OpenAuthorization>('authorization', authorization, { open: 'boolean', because: 'text' });
  if (authorization.open !== true) {
    check.fail(
      authorization.open === undefined ? 'required' : 'unsupported',
      'authorization.open',
      `authorization.open must be true, but is ${String(authorization.open)}`,
      "write authorization: 'connections', or { open: true, because: '...' }",
    );
  }
  return { authorizes: false, openBecause: check.because('authorization', authorization.because) };
}

function proxyOf(check: Check, proxy: MeshProxy = {}): ProxyModel {
  check.keys<MeshProxy>('proxy', proxy, PROXY);
  const { size } = ISTIO_SIDECAR;
  const { cpu = size.cpu, memory = size.memory, memoryLimit = size.memoryLimit, cpuLimit = size.cpuLimit } = proxy;
  checkResources(check, { cpu, memory, memoryLimit, cpuLimit }, 'proxy');
  return { cpu, memory, memoryLimit, cpuLimit: cpuLimit === 'none' ? undefined : cpuLimit };
}
