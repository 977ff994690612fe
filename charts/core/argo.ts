/**
 * Objects of Argo Rollouts, with the fields that the library writes; `customize` takes any other.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 */
import type { LabelSelector, NamedMeta } from '../../imports/kubernetes';
import type { PodTemplate } from './pod-objects';

/** The AnalysisTemplates that are asked. */
export interface AnalysisReference {
  templates: { templateName: string }[];
  /** The index of the step from which on they are asked. */
  startingStep?: number;
  [field: string]: unknown;
}
/** A step of a canary, with one of these fields. */
export interface CanaryStepSpec {
  /** Percent of the pods. */
  setWeight?: number;
  /** Whole seconds; without a duration until someone promotes it. */
  pause?: { duration?: number };
  analysis?: AnalysisReference;
  [field: string]: unknown;
}
/** Runs pods as a Deployment does, and replaces them step by step. */
export interface Rollout {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'Rollout';
  metadata: NamedMeta;
  spec: {
    replicas?: number | undefined;
    selector: LabelSelector;
    template: PodTemplate;
    minReadySeconds?: number;
    progressDeadlineSeconds?: number;
    /** Whether a new version without progress is taken back. */
    progressDeadlineAbort?: boolean;
    revisionHistoryLimit?: number;
    paused?: boolean;
    strategy: {
      canary: {
        steps: CanaryStepSpec[];
        analysis?: AnalysisReference;
        maxSurge: number | string;
        maxUnavailable: number | string;
        [field: string]: unknown;
      };
    };
    [field: string]: unknown;
  };
}
/** A question about a new version. */
export interface AnalysisTemplate {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'AnalysisTemplate';
  metadata: NamedMeta;
  spec: {
    metrics: {
      name: string;
      provider: { [provider: string]: unknown };
      successCondition?: string;
      failureCondition?: string;
      /** '60s'. */
      interval?: string;
      initialDelay?: string;
      count?: number;
      failureLimit?: number;
      consecutiveErrorLimit?: number;
      [field: string]: unknown;
    }[];
    [field: string]: unknown;
  };
}
