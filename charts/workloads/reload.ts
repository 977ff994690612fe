import { Secret } from '../config/secret';
import { AppSlot } from '../core/app-state';
import type { Check } from '../core/check';
import { type ControllerKey, isLasting } from '../core/place-of-field';
import type { Requirement } from '../core/requirements';
import type { Because } from '../core/values';
import { secretsOf } from './aws-identity';
import { ownContainers } from './containers/containers';
import type { PodModel } from './pod';

/** Whether a Rollout of the app restarts: Reloader looks for Rollouts only where it is told to. */
const rollouts = new AppSlot('reloaded-rollouts', () => ({ any: false }));

/** Refuses what no restart can mean; defaults are for all workloads, so they may say it. */
export function checkReload(check: Check, onSecretChange: unknown, controller: ControllerKey): void {
  if (onSecretChange === 'restart' && !isLasting(controller)) {
    check.fail(
      'forbidden',
      'onSecretChange',
      "onSecretChange must not be 'restart' for a job, whose pods read secrets when they start and then end",
      'leave it out: the next run reads the new value',
    );
  }
}

const NO_SECRETS: ReadonlySet<Secret> = new Set();

/** The secrets of a pod, by how they reach it; one can be in both. */
export function secretsReadBy(pod: PodModel): Readonly<Record<'variables' | 'files', ReadonlySet<Secret>>> {
  const { props, containers, content } = pod;
  const others = ownContainers(containers);
  if (others.length === 0 && content.env.references.length === 0 && props.envFrom === undefined) {
    return { variables: NO_SECRETS, files: secretsOf(pod) };
  }
  const variables = new Set<Secret>();
  for (const { env } of [content, ...others.map((one) => one.content)]) {
    for (const { source } of env.references) {
      if (source.kind === 'secret') {
        variables.add(source.secret);
      }
    }
  }
  for (const { envFrom = [] } of [props, ...others]) {
    for (const one of envFrom) {
      if (one instanceof Secret) {
        variables.add(one);
      }
    }
  }
  return { variables, files: secretsOf(pod) };
}

/** What Reloader watches for a workload: names of Secrets, and of SecretProviderClasses without any. */
function watched(pod: PodModel): { readonly secrets: readonly string[]; readonly classes: readonly string[] } {
  const { variables, files } = secretsReadBy(pod);
  // the driver makes a Secret of variables, and changes it after the files
  const secrets = new Set([...variables, ...[...files].filter((one) => !one.mustBeMounted)]);
  const classes = [...files].filter((one) => !secrets.has(one));
  const names = (all: Iterable<Secret>) => [...new Set([...all].map(({ secretName }) => secretName))].sort();
  return { secrets: names(secrets), classes: names(classes) };
}

const NONE: Readonly<Record<string, string>> = {};

/** The annotations of the object that runs the pods. */
export function reloadAnnotations(pod: PodModel): Readonly<Record<string, string>> {
  if (pod.props.onSecretChange !== 'restart' || !isLasting(pod.shape.controller)) {
    return NONE;
  }
  const { secrets, classes } = watched(pod);
  const ofRollout = pod.shape.controller === 'rollout' && secrets.length + classes.length > 0;
  if (ofRollout) {
    rollouts.of(pod.construct).any = true;
  }
  return {
    // the steps of a canary may wait for somebody while the old value ends
    ...(ofRollout ? { 'reloader.stakater.com/rollout-strategy': 'restart' } : {}),
    ...(secrets.length > 0 ? { 'secret.reloader.stakater.com/reload': secrets.join(',') } : {}),
    ...(classes.length > 0 ? { 'secretproviderclass.reloader.stakater.com/reload': classes.join(',') } : {}),
  };
}

/** Reloader, where it has something to watch. */
export function reloadRequirements(pod: PodModel, { because }: Because): Requirement[] {
  if (Object.keys(reloadAnnotations(pod)).length === 0) {
    return [];
  }
  return [
    {
      id: 'controller/reloader',
      need: { kind: 'controller', name: rollouts.of(pod.construct).any ? 'reloaderOfRollouts' : 'reloader' },
      because,
      check: () => ({ status: 'unknown' }),
    },
  ];
}
