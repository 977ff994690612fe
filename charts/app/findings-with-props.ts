import type { App } from 'cdk8s';
import type { Finding } from '../../kube/finding';
import { podTemplates } from '../../kube/pod-templates';
import { apiObjectsOf, manifestOf } from '../core/app-objects';
import { KubeObject } from '../core/kube-object';
import { propOf } from './prop-of-field';

/** Says which prop to change where the object of a finding belongs to a pattern. */
export function withProps(app: App, findings: readonly Finding[]): Finding[] {
  const wanted = new Set(findings.flatMap(({ object, construct }) => (object && construct ? [construct] : [])));
  const objects = new Map(
    wanted.size === 0
      ? []
      : apiObjectsOf(app).flatMap((object) => (wanted.has(object.node.path) ? [[object.node.path, object]] : [])),
  );
  return findings.map((finding) => {
    const object: unknown = finding.object && finding.construct !== undefined && objects.get(finding.construct);
    const key = object instanceof KubeObject ? object.customizedAs : undefined;
    if (key === undefined || !(object instanceof KubeObject)) {
      return finding;
    }
    const workload = object.node.scope?.node.id ?? '';
    const prop = propOf(finding, { key, workload, pod: podTemplates(manifestOf(object))[0]?.template.spec });
    return { ...finding, prop };
  });
}
