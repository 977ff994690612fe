import { referenceTo } from '../../../kube/inventory';
import { levelOf, POD_SECURITY_LABEL } from '../../../kube/pod-security/levels';
import { podSecurityViolations } from '../../../kube/pod-security/violations';
import type { Effect, EffectsOf, PlanInput } from '../model';
import { isUpdate, type Move, movesOfKind, named } from './moves';

/** Levels of namespaces that come to refuse pods which run: they are not stopped, but come back no more. */
export const podSecurity: EffectsOf = (input) =>
  movesOfKind(input, 'Namespace').flatMap((move) => (isUpdate(move) ? ofNamespace(input, move) : []));

function ofNamespace(input: PlanInput, { before, after }: Move): readonly Effect[] {
  const { versions, after: set } = input;
  const was = levelOf(before?.manifest.metadata.labels ?? {}, 'enforce', versions.old);
  const is = levelOf(after.manifest.metadata.labels ?? {}, 'enforce', versions.new);
  if (was?.level === is?.level && was?.version === is?.version) {
    return [];
  }
  const { name } = after.manifest.metadata;
  const object = referenceTo(after);
  const because = [`metadata.labels['${POD_SECURITY_LABEL}/enforce']`];
  const from = was ? `instead of '${was.text}'` : 'for the first time';
  if (!is) {
    const text = `namespace '${name}' enforces no level of Pod Security any more`;
    return [{ kind: 'pod-security', risk: 'danger', object, text, because }];
  }
  const refused = set.pods.filter(
    (pod) => pod.namespace === name && podSecurityViolations(pod, is.level, is.version).length > 0,
  );
  const text = `namespace '${name}' enforces level '${is.text}' ${from}`;
  return [
    { kind: 'pod-security', risk: 'notice', object, text, because },
    ...[...new Map(refused.map((pod) => [named(pod), pod])).values()].map((pod): Effect => {
      const [first] = podSecurityViolations(pod, is.level, is.version);
      const fault = first!.has === undefined ? `no ${first!.lacks}` : `${first!.has}`;
      const container = first!.container === undefined ? '' : ` in container '${first!.container}'`;
      return {
        kind: 'pod-security',
        risk: 'danger',
        object: referenceTo(pod),
        text: `the running pods of ${named(pod)} stay, and new ones are refused: they have ${fault}${container}`,
        because,
      };
    }),
  ];
}
