import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { NetworkPolicyPort, Service } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { type PortModel, type Ports, resolvePorts } from '../core/ports';
import type { JobSelf } from '../core/workload-info';
import type { WrittenService } from '../core/written';
import { policyPorts } from '../network/targets';
import { headlessService } from './members';
import type { ObjectFactory } from './objects';

/** How the pods of a Job call each other. */
export interface JobMesh {
  /** The ports on which they listen: one number, or ports by name. */
  readonly port: Ports<string>;
  /** Whether they reach each other on every TCP port, as NCCL, Gloo and MPI need, which choose ports themselves. @default false - on `port` alone */
  readonly anyPort?: boolean;
}

const MESH: KeyTable<JobMesh> = { port: true, anyPort: 'boolean' };
const EVERY_PORT: NetworkPolicyPort = { port: 1, endPort: 65_535, protocol: 'TCP' };

/** The validated mesh. */
export interface MeshModel {
  readonly ports: readonly PortModel[];
  /** Ports on which the pods reach each other. */
  readonly open: readonly NetworkPolicyPort[];
  /** The name of the headless Service, known before the hash in the name of the Job. */
  readonly service: string;
}

export function resolveMesh(check: Check, name: string, mesh: JobMesh): MeshModel {
  check.keys<JobMesh>('mesh', mesh, MESH);
  const own = check.within('mesh');
  const ports = resolvePorts(own, mesh.port, 'mesh');
  return { ports, open: mesh.anyPort ? [EVERY_PORT] : policyPorts(ports), service: `${name}-mesh` };
}

/** The headless Service of the pods; undefined without a mesh. */
export function meshService(
  name: string,
  mesh: MeshModel | undefined,
  make: ObjectFactory,
): KubeObject<WrittenService> | undefined {
  return (
    mesh &&
    make<Service>('Service', 'v1', 'Service', (metadata) => headlessService(metadata, name, mesh.ports), mesh.service)
  );
}

/** The names of the pods of a Job, which only the kubelet knows: the name of a BatchJob has a hash of these very texts. */
export class JobAddress implements JobSelf {
  constructor(
    private readonly check: Check,
    readonly name: string,
    readonly namespace: string,
    private readonly completions: number,
    private readonly mesh: MeshModel | undefined,
  ) {}

  /** In variables, this is the reference that the kubelet expands. */
  get jobName(): string {
    throw this.check.error(
      'unsupported',
      'files',
      'files must not have the name of the Job, which is known when a pod starts',
      'write it in a variable, such as env: { MASTER_ADDR: (self) => self.leader }, and read that one',
    );
  }

  get leader(): string {
    return `${this.jobName}-0.${this.domain}`;
  }

  get hosts(): readonly string[] {
    const { domain, jobName } = this;
    return Array.from({ length: this.completions }, (_, i) => `${jobName}-${i}.${domain}`);
  }

  private get domain(): string {
    if (this.mesh === undefined) {
      throw this.check.error(
        'required',
        'mesh',
        'mesh is required for the host names of the pods',
        'write mesh: { port: 29500 }',
      );
    }
    return `${this.mesh.service}.${this.namespace}.svc.cluster.local`;
  }
}
