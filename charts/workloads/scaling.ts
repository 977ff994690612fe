import { type IConstruct, Node } from 'constructs';
import { copyPlain } from '../../kube/copy';
import { selectorLabels } from '../../kube/labels';
import type { Defaults } from '../app/defaults';
import { Check } from '../core/check';
import type {
  AnalysisTemplate,
  Deployment,
  DeploymentSpec,
  HorizontalPodAutoscaler,
  ObjectMeta,
  PodDisruptionBudget,
  PodTemplate,
  Rollout,
  ScaledObject,
} from '../core/k8s';
import type { KubeObject } from '../core/kube-object';
import { type Requirement, Requirements } from '../core/requirements';
import type { PodSelf } from '../core/workload-info';
import type {
  WrittenDeployment,
  WrittenHorizontalPodAutoscaler,
  WrittenPodDisruptionBudget,
  WrittenRollout,
} from '../core/written';
import { analysisTemplate, templateName } from '../scaling/analysis';
import { argoRequirements } from '../scaling/argo-requirements';
import { type ArgoModel, ArgoRollout, resolveArgo } from '../scaling/argo-rollout';
import { horizontalPodAutoscaler, scaledObject } from '../scaling/autoscaler';
import { type Disruption, podDisruptionBudget, resolveDisruption } from '../scaling/availability';
import { type Replicas, type ReplicasModel, resolveReplicas } from '../scaling/replicas';
import { resolveRollout } from '../scaling/rollout';
import type { ObjectFactory } from './objects';
import { type TriggerObjects, triggerObjects, triggerRequirements } from './trigger-objects';

type Meta = ObjectMeta & { name: string };
const ROLLOUT_API = 'argoproj.io/v1alpha1';

/** A Deployment, and the objects that scale and protect it. */
export interface DeploymentObjects {
  /** undefined with a Rollout. */
  readonly deployment: KubeObject<WrittenDeployment> | undefined;
  /** undefined with a Deployment. */
  readonly rollout: KubeObject<WrittenRollout> | undefined;
  readonly disruptionBudget: KubeObject<WrittenPodDisruptionBudget> | undefined;
  readonly autoscaler: KubeObject<WrittenHorizontalPodAutoscaler> | undefined;
  readonly scaledObject: KubeObject<ScaledObject> | undefined;
}
/** The validated props of a Deployment, its autoscaler and its budget. */
export interface DeploymentModel {
  readonly replicas: ReplicasModel;
  readonly disruption: Exclude<Disruption, 'none'> | undefined;
  readonly rollout: Partial<DeploymentSpec>;
  /** undefined where a Deployment runs the pods. */
  readonly argo: ArgoModel | undefined;
}

/** @param defaults the props of the workload over those of the tenant and the app */
export function resolveDeployment(check: Check, given: Replicas | undefined, defaults: Defaults): DeploymentModel {
  const replicas = resolveReplicas(check, given);
  const { rollout } = defaults;
  const disruption = resolveDisruption(check, defaults.disruption, replicas);
  return rollout instanceof ArgoRollout
    ? { replicas, disruption, rollout: {}, argo: resolveArgo(check, rollout, 'rollout') }
    : { replicas, disruption, rollout: resolveRollout(check, rollout), argo: undefined };
}

/** The objects, in the order in which they are applied. */
export function deploymentObjects(
  construct: IConstruct & PodSelf,
  model: DeploymentModel,
  make: ObjectFactory,
  template: () => PodTemplate,
): { readonly made: DeploymentObjects; readonly triggerAuthentications: TriggerObjects['authentications'] } {
  const { disruption, replicas, argo } = model;
  const { scale } = replicas;
  const byEvents = scale !== undefined && scale.triggers.length > 0;
  const triggers = triggerObjects(construct, 'replicas.triggers', scale?.triggers ?? [], make);
  for (const one of argo?.analyses ?? []) {
    const id = templateName(Node.of(construct).id, one);
    make<AnalysisTemplate>(
      `AnalysisTemplate-${one.props.name}`,
      ROLLOUT_API,
      'AnalysisTemplate',
      (m) => analysisTemplate(m, one, Check.of(construct)),
      id,
    );
  }
  const made: DeploymentObjects = {
    deployment: argo
      ? undefined
      : make<Deployment>('Deployment', 'apps/v1', 'Deployment', (m) => deployment(m, model, template())),
    rollout: argo && make<Rollout>('Rollout', ROLLOUT_API, 'Rollout', (m) => rolloutObject(m, model, argo, template())),
    disruptionBudget:
      disruption &&
      make<PodDisruptionBudget>('PodDisruptionBudget', 'policy/v1', 'PodDisruptionBudget', (m) =>
        podDisruptionBudget(m, m.name, disruption),
      ),
    autoscaler:
      scale && !byEvents
        ? make<HorizontalPodAutoscaler>('HorizontalPodAutoscaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', (m) =>
            horizontalPodAutoscaler(m, scaled(m, argo), { ...replicas, scale }),
          )
        : undefined,
    scaledObject:
      scale && byEvents
        ? make<ScaledObject>('ScaledObject', 'keda.sh/v1alpha1', 'ScaledObject', (m) =>
            scaledObject(m, scaled(m, argo), { ...replicas, scale }, triggers.render()),
          )
        : undefined,
  };
  return { made, triggerAuthentications: triggers.authentications };
}

/** What an autoscaler scales. */
const scaled = ({ name }: Meta, argo: ArgoModel | undefined) =>
  argo ? { apiVersion: ROLLOUT_API, kind: 'Rollout', name } : { apiVersion: 'apps/v1', kind: 'Deployment', name };

/** Without `replicas` when there is an autoscaler: each apply would reset its number. */
function deployment(metadata: Meta, { replicas, rollout }: DeploymentModel, template: PodTemplate): Deployment {
  const { progressDeadlineSeconds, revisionHistoryLimit, strategy, minReadySeconds, paused } = rollout;
  const spec: Deployment['spec'] = {
    progressDeadlineSeconds,
    revisionHistoryLimit,
    selector: { matchLabels: selectorLabels(metadata.name) },
    strategy,
    template,
  };
  if (minReadySeconds !== undefined) {
    spec.minReadySeconds = minReadySeconds;
  }
  if (paused !== undefined) {
    spec.paused = paused;
  }
  if (!replicas.scale) {
    spec.replicas = replicas.min;
  }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec };
}

function rolloutObject(
  metadata: Meta,
  { replicas }: DeploymentModel,
  { times, strategy }: ArgoModel,
  template: PodTemplate,
): Rollout {
  return {
    apiVersion: ROLLOUT_API,
    kind: 'Rollout',
    metadata,
    spec: {
      ...copyPlain(times as Partial<Rollout['spec']>),
      progressDeadlineAbort: true,
      replicas: replicas.scale ? undefined : replicas.min,
      selector: { matchLabels: selectorLabels(metadata.name) },
      strategy: copyPlain(strategy(metadata.name)),
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

/** The object that runs the pods. */
export const controllerOf = ({ rollout }: { readonly rollout?: unknown }) =>
  rollout instanceof ArgoRollout ? 'rollout' : 'deployment';

/** The Deployment, where there is one. */
export function deploymentOf<T>(check: Check, deployment: T | undefined): T {
  return (
    deployment ??
    check.fail(
      'unsupported',
      'rollout',
      'rollout is an ArgoRollout, by which a Rollout runs the pods: there is no deployment',
      "use the property 'rollout', or customize.rollout",
    )
  );
}

/** The requirements of an autoscaler on the cluster. */
export function scalingRequirements(
  construct: IConstruct,
  { replicas: { scale }, argo }: DeploymentModel,
): Requirement[] {
  const { node } = construct;
  const because = (what: string) => `'${node.path}' ${what}`;
  const found: Requirement[] = argo ? argoRequirements(node.path, argo.analyses) : [];
  if (!scale) {
    return found;
  }
  const asks = (api: string) => scale.metrics.some((metric) => metric.api === api);
  if (scale.cpuUtilization !== undefined || scale.memoryUtilization !== undefined || asks('metrics.k8s.io')) {
    found.push(Requirements.needed('metrics', because('scales by utilization')));
  }
  for (const api of ['custom.metrics.k8s.io', 'external.metrics.k8s.io'] as const) {
    if (asks(api)) {
      found.push(metricsAdapter(api, because('scales by metrics of its own')));
    }
  }
  if (scale.triggers.length > 0) {
    found.push(...triggerRequirements(construct, 'ScaledObject', scale.triggers));
  }
  return found;
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
