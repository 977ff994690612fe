import type { IConstruct } from 'constructs';
import { copyPlain } from '../../kube/copy';
import { selectorLabels } from '../../kube/labels';
import type { Defaults } from '../app/defaults';
import type { Check } from '../core/check';
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
import type { PodSelf } from '../core/workload-info';
import type { WrittenDeployment, WrittenHorizontalPodAutoscaler, WrittenPodDisruptionBudget } from '../core/written';
import { horizontalPodAutoscaler, scaledObject } from '../scaling/autoscaler';
import { type Disruption, podDisruptionBudget, resolveDisruption } from '../scaling/availability';
import { type Replicas, type ReplicasModel, resolveReplicas } from '../scaling/replicas';
import { resolveRollout } from '../scaling/rollout';
import type { ObjectFactory } from './object-factory';
import { type TriggerObjects, triggerObjects, triggerRequirements } from './trigger-objects';

type Meta = ObjectMeta & { name: string };

/** A Deployment, and the objects that scale and protect it. */
export interface DeploymentObjects {
  readonly deployment: KubeObject<WrittenDeployment>;
  readonly disruptionBudget: KubeObject<WrittenPodDisruptionBudget> | undefined;
  readonly autoscaler: KubeObject<WrittenHorizontalPodAutoscaler> | undefined;
  readonly scaledObject: KubeObject<ScaledObject> | undefined;
}
/** The validated props of a Deployment, its autoscaler and its budget. */
export interface DeploymentModel {
  readonly replicas: ReplicasModel;
  readonly disruption: Exclude<Disruption, 'none'> | undefined;
  readonly rollout: Partial<DeploymentSpec>;
}

/** @param defaults the props of the workload over those of the tenant and the app */
export function resolveDeployment(check: Check, given: Replicas | undefined, defaults: Defaults): DeploymentModel {
  const replicas = resolveReplicas(check, given);
  return {
    replicas,
    disruption: resolveDisruption(check, defaults.disruption, replicas),
    rollout: resolveRollout(check, defaults.rollout),
  };
}

/** The objects, in the order in which they are applied. */
export function deploymentObjects(
  construct: IConstruct & PodSelf,
  model: DeploymentModel,
  make: ObjectFactory,
  template: () => PodTemplate,
): { readonly made: DeploymentObjects; readonly triggerAuthentications: TriggerObjects['authentications'] } {
  const { disruption, replicas } = model;
  const { scale } = replicas;
  const byEvents = scale !== undefined && scale.triggers.length > 0;
  const triggers = triggerObjects(construct, 'replicas.triggers', scale?.triggers ?? [], make);
  const made: DeploymentObjects = {
    deployment: make<Deployment>('Deployment', 'apps/v1', 'Deployment', (m) => deployment(m, model, template())),
    disruptionBudget:
      disruption &&
      make<PodDisruptionBudget>('PodDisruptionBudget', 'policy/v1', 'PodDisruptionBudget', (m) =>
        podDisruptionBudget(m, m.name, disruption),
      ),
    autoscaler:
      scale && !byEvents
        ? make<HorizontalPodAutoscaler>('HorizontalPodAutoscaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', (m) =>
            horizontalPodAutoscaler(m, m.name, { ...replicas, scale }),
          )
        : undefined,
    scaledObject:
      scale && byEvents
        ? make<ScaledObject>('ScaledObject', 'keda.sh/v1alpha1', 'ScaledObject', (m) =>
            scaledObject(m, m.name, { ...replicas, scale }, triggers.render()),
          )
        : undefined,
  };
  return { made, triggerAuthentications: triggers.authentications };
}

/** Without `replicas` when there is an autoscaler: each apply would reset its number. */
function deployment(metadata: Meta, { replicas, rollout }: DeploymentModel, template: PodTemplate): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      ...copyPlain(rollout),
      replicas: replicas.scale ? undefined : replicas.min,
      selector: { matchLabels: selectorLabels(metadata.name) },
      template,
    },
  };
}

/** The name of the HorizontalPodAutoscaler, which KEDA makes of a ScaledObject; undefined where the number of pods does not change. */
export function autoscalerName(name: string, { replicas: { min, max, scale } }: DeploymentModel): string | undefined {
  if (!scale || min === max) {
    return undefined;
  }
  return scale.triggers.length > 0 ? `keda-hpa-${name}` : name;
}

/** The requirements of an autoscaler on the cluster. */
export function scalingRequirements(construct: IConstruct, { replicas: { scale } }: DeploymentModel): Requirement[] {
  const { node } = construct;
  const because = (what: string) => ({ because: `'${node.path}' ${what}` });
  const found: Requirement[] = [];
  const apis = new Set(scale?.metrics.map(({ api }) => api));
  if (
    scale &&
    (scale.cpuUtilization !== undefined || scale.memoryUtilization !== undefined || apis.has('metrics.k8s.io'))
  ) {
    found.push(Requirements.feature('metrics', because('scales by utilization')));
  }
  for (const api of ['custom.metrics.k8s.io', 'external.metrics.k8s.io'] as const) {
    if (apis.has(api)) {
      found.push(metricsAdapter(api, because('scales by metrics of its own').because));
    }
  }
  return [...found, ...triggerRequirements(construct, 'ScaledObject', scale?.triggers ?? [])];
}

/** Which adapter it is, and which metrics it has, is the choice of the cluster's owner. */
function metricsAdapter(api: string, because: string): Requirement {
  return {
    id: `metrics/${api}`,
    because,
    check: () => ({
      status: 'provided',
      addition: {
        kind: 'step',
        step: {
          title: `Metrics of ${api}`,
          text:
            `Install an adapter that serves the API ${api}, such as prometheus-adapter, and configure the metrics that the ` +
            `autoscalers name. Needed because ${because}. Without it they report FailedGetMetric and do not scale.`,
          commands: [`kubectl get --raw /apis/${api}`],
        },
      },
    }),
  };
}
