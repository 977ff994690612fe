import type { Construct } from 'constructs';
import type { KeyTable } from '../../kube/values';
import { applyEdits } from '../core/edits';
import type { Deployment, HorizontalPodAutoscaler, PodDisruptionBudget, ScaledObject } from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { Requirements } from '../core/requirements';
import type { Customize } from '../core/values';
import type { AvailabilityProps } from '../scaling/availability';
import type { Replicas } from '../scaling/replicas';
import { type AgentModel, type AgentParts, resolveAgent } from './agent-parts';
import type { ScaledObjects } from './objects';
import { POD_PROPS, type PodProps } from './pod-props';
import { type DeploymentModel, deploymentObjects, resolveDeployment, scalingRequirements } from './scaling';
import type { WorkloadContext, WorkloadShape } from './shape';
import { Workload } from './workload';

/** Props of a Worker. */
export interface WorkerProps extends PodProps, AvailabilityProps, AgentParts {
  /** @default 2 */
  readonly replicas?: Replicas;
  /** @default - none */
  readonly customize?: Customize<ScaledObjects>;
}

const PROPS: KeyTable<WorkerProps> = {
  ...POD_PROPS,
  probes: true,
  metrics: true,
  disruption: true,
  rollout: true,
  replicas: true,
  customize: true,
};
/** '-', a ReplicaSet's hash of 10, '-' and 5 random characters fit behind it. */
const MAX_NAME = 46;

/** A Deployment that nobody calls: queue consumers, controllers. */
export class Worker extends Workload<DeploymentModel> {
  /** The Deployment. */
  readonly deployment: KubeObject<Deployment>;
  /** With a scale, unless it has triggers. */
  readonly autoscaler: KubeObject<HorizontalPodAutoscaler> | undefined;
  /** With triggers. */
  readonly scaledObject: KubeObject<ScaledObject> | undefined;
  /** Unless 'none' or one replica. */
  readonly disruptionBudget: KubeObject<PodDisruptionBudget> | undefined;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id, {
      props,
      keys: PROPS,
      maxName: MAX_NAME,
      describe: (context) => ({
        shape: shapeOf(context, resolveAgent(context.check, props)),
        model: resolveDeployment(context.check, props.replicas, context.props),
      }),
    });
    Requirements.defer(this, () => scalingRequirements(this, this.model));
    const made = deploymentObjects(this, this.model, this.object, () => this.template());
    this.deployment = made.deployment;
    this.disruptionBudget = made.disruptionBudget;
    this.autoscaler = made.autoscaler;
    this.scaledObject = made.scaledObject;
    applyEdits(this.check, props.customize, { ...this.commonObjects(), ...made });
  }
}

function shapeOf({ name, namespace }: WorkloadContext, agent: AgentModel): WorkloadShape {
  return {
    component: 'worker',
    self: { name, namespace },
    ports: agent.ports,
    clientPorts: [],
    services: [],
    probes: agent.probes,
    metrics: agent.metrics,
    traffic: 'none',
    defaultPriority: 'standard',
    defaultSpread: 'soft',
    isDeployment: true,
    restartPolicy: 'Always',
  };
}
