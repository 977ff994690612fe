import type { Chart } from 'cdk8s';
import { READINESS_GATE } from '../../eks/compute-modes';
import { ADMISSION_LABEL, ANNOTATION_PREFIX, TENANT_NODES } from '../../kube/labels';
import { clusterOf } from '../core/cluster-context';
import type { Namespace } from '../core/k8s';
import type { MeshModel } from '../core/mesh';
import { reasonAnnotations, type Waive } from '../core/waive';
import { isNamespaceBalanced } from '../network/derived/derive';
import { type Admission, admissionAnnotations } from './admission';
import type { Costs } from './costs';
import { meshLabels, pluginAnnotation } from './mesh-objects';
import { podSecurityLabels, type podSecurityLevel } from './pod-security';

/** What a Namespace says of its tenant. */
export interface NamespaceParts {
  readonly name: string;
  /** Of every object of the tenant. */
  readonly labels: Readonly<Record<string, string>>;
  readonly level: ReturnType<typeof podSecurityLevel>;
  readonly mesh: MeshModel | undefined;
  readonly admission: Admission | undefined;
  readonly contact: string | undefined;
  readonly costs: Costs | undefined;
  /** The tenant whose dedicated nodes its pods run on. */
  readonly nodes: string | undefined;
  /** Reasons of what is looser than the defaults. */
  readonly reasons: Readonly<Record<string, string | undefined>>;
  readonly waive: Waive | undefined;
  /** The label of readiness gates, and those of the user. */
  readonly further: Readonly<Record<string, string>>;
}

export function namespaceManifest(parts: NamespaceParts): Namespace {
  const { name, level, mesh, admission, contact, nodes } = parts;
  const reasons = reasonAnnotations(parts.reasons, parts.waive);
  const more = {
    ...pluginAnnotation(mesh, level),
    ...admissionAnnotations(admission),
    ...(contact === undefined ? {} : { [`${ANNOTATION_PREFIX}/contact`]: contact }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        ...parts.labels,
        ...podSecurityLabels(level),
        ...(admission?.action ? { [ADMISSION_LABEL]: admission.action } : {}),
        ...(nodes === undefined ? {} : { [TENANT_NODES]: nodes }),
        ...meshLabels(mesh),
        ...parts.costs,
        ...parts.further,
      },
      // none are written where there is nothing to say
      annotations: reasons === undefined && Object.keys(more).length === 0 ? undefined : { ...reasons, ...more },
    },
  };
}

/** The label of a namespace whose pods are ready only when their target is healthy. */
export function readinessGate(tenant: Chart, isDeclared: boolean): Record<string, string> {
  return isDeclared || isNamespaceBalanced(tenant, tenant.namespace ?? '')
    ? { [READINESS_GATE[clusterOf(tenant)?.facts.compute ?? 'node-groups']]: 'enabled' }
    : {};
}
