import { Secret } from '../config/secret';
import type { Requirement } from '../core/requirements';
import type { Because } from '../core/values';
import { secretsOf } from './aws-identity';
import { ownContainers } from './containers/containers';
import type { PodModel } from './pod';

/** Pods of these run until something restarts them. Reloader looks for Rollouts only where it is told to. */
const LASTING: ReadonlySet<string> = new Set(['deployment', 'statefulSet', 'daemonSet']);

/** What Reloader watches for a workload: names of Secrets, and of SecretProviderClasses without any. */
function watched(pod: PodModel): { readonly secrets: readonly string[]; readonly classes: readonly string[] } {
  const { props, shape, containers, content } = pod;
  if (props.onSecretChange !== 'restart' || !LASTING.has(shape.controller)) {
    return { secrets: [], classes: [] };
  }
  const others = ownContainers(containers);
  const variables = [content, ...others.map((one) => one.content)].flatMap(({ env }) =>
    env.references.flatMap(({ source }) => (source.kind === 'secret' ? [source.secret] : [])),
  );
  const whole = [props, ...others].flatMap(({ envFrom = [] }) => envFrom.filter((one) => one instanceof Secret));
  // the driver makes a Secret of variables, and changes it after the files
  const secrets = new Set([...variables, ...whole, ...[...secretsOf(pod)].filter((one) => !one.mustBeMounted)]);
  const classes = [...secretsOf(pod)].filter((one) => !secrets.has(one));
  const names = (all: Iterable<Secret>) => [...new Set([...all].map(({ secretName }) => secretName))].sort();
  return { secrets: names(secrets), classes: names(classes) };
}

/** The annotations of the object that runs the pods. */
export function reloadAnnotations(pod: PodModel): Readonly<Record<string, string>> {
  const { secrets, classes } = watched(pod);
  return {
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
      need: { kind: 'controller', name: 'reloader' },
      because,
      check: () => ({ status: 'unknown' }),
    },
  ];
}
