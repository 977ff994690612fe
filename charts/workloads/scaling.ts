import type { IConstruct } from 'constructs';
import { partitionOf } from '../../eks/partition';
import { copyPlain } from '../../kube/copy';
import { selectorLabels } from '../../kube/labels';
import type { Defaults } from '../app/defaults';
import type { Check } from '../core/check';
import { clusterOf } from '../core/cluster-context';
import type {
  Deployment,
  DeploymentSpec,
  HorizontalPodAutoscaler,
  ObjectMeta,
  PodDisruptionBudget,
  PodTemplate,
  ScaledObject,
} from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { type Requirement, Requirements } from '../core/requirements';
import { horizontalPodAutoscaler, scaledObject } from '../scaling/autoscaler';
import { type Disruption, podDisruptionBudget, resolveDisruption, resolveRollout } from '../scaling/availability';
import { type Replicas, type ReplicasModel, resolveReplicas, type ScaleModel } from '../scaling/replicas';
import type { ObjectFactory } from './workload';

type Meta = ObjectMeta & { name: string };

/** Objects of a Deployment and what belongs to it. */
export interface DeploymentObjects {
  readonly deployment: KubeObject<Deployment>;
  readonly disruptionBudget: KubeObject<PodDisruptionBudget> | undefined;
  readonly autoscaler: KubeObject<HorizontalPodAutoscaler> | undefined;
  readonly scaledObject: KubeObject<ScaledObject> | undefined;
}
type Scaled = ReplicasModel & { readonly scale: ScaleModel };

/** A Deployment with what scales it and what protects it; the same for everything that runs as one. */
export class DeploymentParts {
  readonly replicas: ReplicasModel;
  readonly disruption: Exclude<Disruption, 'none'> | undefined;
  private readonly rollout: Partial<DeploymentSpec>;

  constructor(check: Check, replicas: Replicas | undefined, props: Defaults) {
    this.replicas = resolveReplicas(check, replicas);
    this.disruption = resolveDisruption(check, props.disruption, this.replicas.min, this.replicas.max);
    this.rollout = resolveRollout(check, props.rollout);
  }

  /** By utilization alone. */
  get byUtilization(): Scaled | undefined {
    const { scale } = this.replicas;
    return scale && scale.triggers.length === 0 ? { ...this.replicas, scale } : undefined;
  }

  /** By events, with KEDA. */
  get byTriggers(): Scaled | undefined {
    const { scale } = this.replicas;
    return scale && scale.triggers.length > 0 ? { ...this.replicas, scale } : undefined;
  }

  /** The objects, in the order in which they are applied. */
  objects(construct: IConstruct, make: ObjectFactory, template: () => PodTemplate): DeploymentObjects {
    const { byUtilization, byTriggers, disruption } = this;
    Requirements.defer(construct, () => this.requirements(construct));
    return {
      deployment: make<Deployment>('Deployment', 'apps/v1', 'Deployment', (m) => this.deployment(m, template())),
      disruptionBudget:
        disruption &&
        make<PodDisruptionBudget>('PodDisruptionBudget', 'policy/v1', 'PodDisruptionBudget', (m) =>
          podDisruptionBudget(m, m.name, disruption),
        ),
      autoscaler:
        byUtilization &&
        make<HorizontalPodAutoscaler>('HorizontalPodAutoscaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', (m) =>
          horizontalPodAutoscaler(m, m.name, byUtilization),
        ),
      scaledObject:
        byTriggers &&
        make<ScaledObject>('ScaledObject', 'keda.sh/v1alpha1', 'ScaledObject', (m) =>
          scaledObject(m, m.name, byTriggers, clusterOf(construct)?.facts.region),
        ),
    };
  }

  /** A fixed count would fight the autoscaler at every apply. */
  private deployment(metadata: Meta, template: PodTemplate): Deployment {
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        ...copyPlain(this.rollout),
        replicas: this.replicas.scale ? undefined : this.replicas.min,
        selector: { matchLabels: selectorLabels(metadata.name) },
        template,
      },
    };
  }

  private requirements(construct: IConstruct): Requirement[] {
    const because = (what: string) => ({ because: `'${construct.node.path}' ${what}` });
    const found: Requirement[] = [];
    const { scale } = this.replicas;
    if (scale && (scale.cpuUtilization !== undefined || scale.memoryUtilization !== undefined)) {
      found.push(Requirements.feature('metrics', because('scales by utilization')));
    }
    if (this.byTriggers) {
      found.push(Requirements.api('keda.sh/v1alpha1/ScaledObject', because('scales by events')));
      if (this.byTriggers.scale.triggers.some((t) => t.spec(undefined).queueUrl !== undefined)) {
        found.push(kedaReadsQueues);
      }
    }
    return found;
  }
}

/** KEDA's operator asks the queues with its own role; the same for every workload, so that it is written once. */
const kedaReadsQueues: Requirement = {
  id: 'pod-identity/keda/keda-operator',
  because: 'KEDA asks SQS for the length of queues',
  check: ({ region }) => ({
    status: 'provide',
    provision: {
      kind: 'pod-identity',
      association: {
        namespace: 'keda',
        serviceAccountName: 'keda-operator',
        createServiceAccount: false,
        permissionPolicyARNs: [`arn:${partitionOf(region)}:iam::aws:policy/AmazonSQSReadOnlyAccess`],
      },
    },
  }),
};
