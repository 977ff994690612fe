import type { Construct } from 'constructs';
import type { KeyTable } from '../../kube/values';
import { applyCustomize } from '../core/customize';
import type { ScaledObject, TriggerAuthentication } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import type { Customize } from '../core/values';
import type {
  WrittenDeployment,
  WrittenHorizontalPodAutoscaler,
  WrittenPodDisruptionBudget,
  WrittenRollout,
} from '../core/written';
import type { AvailabilityProps } from '../scaling/availability';
import type { Replicas } from '../scaling/replicas';
import { type AgentModel, type AgentParts, resolveAgent } from './agent-parts';
import type { ScaledObjects } from './objects';
import { POD_PROPS, type PodProps } from './pod-props';
import {
  autoscalerName,
  controllerOf,
  type DeploymentModel,
  deploymentObjects,
  deploymentOf,
  resolveDeployment,
  scalingRequirements,
} from './scaling';
import type { WorkloadContext, WorkloadShape } from './shape';
import { Workload } from './workload';

/** Props of a Worker. */
export interface WorkerProps extends PodProps, AvailabilityProps, AgentParts {
  /** Number of replicas, or { min, max } for an autoscaler. @default 2 - one stays while a node is drained */
  readonly replicas?: Replicas;
  /** Edits of the rendered objects: { deployment: (d) => { ... } }. Runs last. @default - none */
  readonly customize?: Customize<ScaledObjects>;
}

const PROPS: KeyTable<WorkerProps> = {
  ...POD_PROPS,
  probes: 'object',
  metrics: 'object',
  disruption: true,
  rollout: true,
  replicas: true,
  customize: 'object',
};
/** The name of a pod is the id, '-' and a hash of 10 characters, '-' and 5 random characters: 63 at most. */
const MAX_NAME = 46;

/**
 * A workload without a Service, such as a queue consumer or a controller: a Deployment, with a PodDisruptionBudget, and on
 * request an autoscaler.
 *
 * @example
 * new Worker(tenant, 'mailer', {
 *   image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/mailer:1.4.2',
 *   user: 10001,
 *   resources: { cpu: '100m', memory: '256Mi' },
 *   replicas: { min: 0, max: 20, triggers: [ScaleTrigger.sqs({ queueUrl, messagesPerReplica: 5 })] },
 *   probes: { liveness: Probe.tcp(9000) },
 *   connectsTo: [database],
 * });
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class Worker extends Workload<DeploymentModel> {
  /** With `ArgoRollout`, in place of the Deployment. */
  readonly rollout: KubeObject<WrittenRollout> | undefined;
  /** With `replicas: { min, max }`, unless it has triggers. */
  readonly autoscaler: KubeObject<WrittenHorizontalPodAutoscaler> | undefined;
  /** With triggers in `replicas`. */
  readonly scaledObject: KubeObject<ScaledObject> | undefined;
  /** Logins of triggers in `replicas`; empty without any. */
  readonly triggerAuthentications: readonly KubeObject<TriggerAuthentication>[];
  /** undefined with `disruption: 'none'`, and for one replica by default. */
  readonly disruptionBudget: KubeObject<WrittenPodDisruptionBudget> | undefined;

  private readonly made: KubeObject<WrittenDeployment> | undefined;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      controller: controllerOf(props),
      describe: (context) => {
        const agent = resolveAgent(context.check, props);
        const model = resolveDeployment(context.check, props.replicas, context.props);
        return { shape: shapeOf(context, agent, model), model };
      },
    });
    Requirements.defer(this, () => scalingRequirements(this, this.model));
    const { made, triggerAuthentications } = deploymentObjects(this, this.model, this.object, () => this.podTemplate());
    this.made = made.deployment;
    this.rollout = made.rollout;
    this.disruptionBudget = made.disruptionBudget;
    this.autoscaler = made.autoscaler;
    this.scaledObject = made.scaledObject;
    this.triggerAuthentications = triggerAuthentications;
    applyCustomize(this.check, props.customize, this.commonObjects(), made);
  }

  /** The Deployment. With `ArgoRollout` it is an error to read it: there is a `rollout`. */
  get deployment(): KubeObject<WrittenDeployment> {
    return deploymentOf(this.check, this.made);
  }
}

function shapeOf(
  { controller, name, namespace }: WorkloadContext,
  agent: AgentModel,
  deployment: DeploymentModel,
): WorkloadShape {
  return {
    component: 'worker',
    controller,
    self: { name, namespace },
    ports: agent.ports,
    clientPorts: [],
    probes: agent.probes,
    metrics: agent.metrics,
    traffic: 'none',
    defaultPriority: 'standard',
    defaultSpread: 'soft',
    restartPolicy: 'Always',
    maxPods: deployment.replicas.max,
    autoscaler: autoscalerName(name, deployment),
  };
}
