import { NAME_LABEL, standardLabels } from '../../kube/labels';
import { type Requirement, Requirements } from '../core/requirements';
import { identityRequirements } from '../identity/aws-access';
import type { PodModel } from './pod';

/** Every text of a pod in which an address may stand: where, and the text. */
export function* addressTexts({ env, files, props }: PodModel): Iterable<readonly [where: string, text: string]> {
  for (const [name, text] of Object.entries({ ...env.data, ...env.texts })) {
    yield [`variable '${name}'`, text];
  }
  for (const [path, key] of files.keys) {
    yield [`file '${path}'`, files.data[key] ?? ''];
  }
  for (const word of [...(props.command ?? []), ...(props.args ?? [])]) {
    yield ['its command', word];
  }
  for (const config of new Set([...(props.envFrom ?? []), ...env.configs, ...env.configFiles])) {
    for (const [key, text] of Object.entries(config.data)) {
      yield [`Config '${config.node.id}' key '${key}'`, text];
    }
  }
}

/** What a pod needs of its cluster. */
export function podRequirements(pod: PodModel, namespace: string, isolated: boolean): Requirement[] {
  const { construct, name, props, env, shape, placement } = pod;
  const because = (what: string) => ({ because: `'${construct.node.path}' ${what}` });
  const secrets = new Set([...env.secrets, ...Object.values(props.secretFiles ?? {})]);
  const statements = [...secrets].flatMap((secret) => secret.statement() ?? []);
  const found = identityRequirements({
    path: construct.node.path,
    namespace,
    serviceAccountName: name,
    aws: props.aws,
    extra: statements,
  });
  if (found.length > 0) {
    found.push(Requirements.feature('pod-identity', because('has permissions in AWS')));
  }
  if (isolated) {
    found.push(Requirements.feature('network-policy', because('is isolated by network policies')));
  }
  if (shape.usesStorage) {
    found.push(Requirements.feature('ebs', because('keeps its files on EBS')));
  }
  const { architecture } = placement;
  if (architecture) {
    found.push(Requirements.architecture(architecture, because('has an image for that architecture alone')));
  }
  return found;
}

/** The labels of a workload's objects and pods: the standard ones, and the user's over them. */
export function objectLabels(pod: PodModel, partOf: string, owner: string | undefined): Record<string, string> {
  const { check, name, props, shape, image } = pod;
  check.labels('labels', props.labels);
  if (props.labels && NAME_LABEL in props.labels) {
    check.fail(`labels has '${NAME_LABEL}', which selects the pods and equals the name`, 'leave it out');
  }
  return {
    ...standardLabels({ name, component: shape.component, partOf, version: image.tag, owner }),
    ...props.labels,
  };
}
