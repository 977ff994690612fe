import { describe } from '../../../kube/describe';
import { isDnsLabel, isServiceName } from '../../../kube/names';
import { nameForm } from '../../../kube/object-names';
import type { Rule } from '../../rule';

/** Names of objects and of their namespaces. */
export const rule: Rule = {
  id: 'metadata/name',
  title: 'every object has a name and a namespace of the form that its kind asks for',
  severity: 'error',
  why: 'The API server refuses the object: most names are parts of DNS names, and all are parts of paths.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: Web_settings, namespace: default }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: web-settings.v2, namespace: default }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: 'example:Web_settings' }
rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }]
`,
  check: ({ inventory, kubernetesVersion }, report) => {
    // objects of a workload have its name, and stand together
    let plain = '';
    let validNamespace = '';
    for (const object of inventory.objects) {
      const { apiVersion, kind, metadata } = object.manifest;
      const { name } = metadata;
      // what may be the name of a Service may be that of any kind
      if (name !== plain && isServiceName(name)) {
        plain = name;
      }
      const form = name === plain ? undefined : nameForm(apiVersion, kind, kubernetesVersion);
      if (form && !form.isValid(name)) {
        report(object, {
          message: `the name of ${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind} must ${form.must}, but is ${describe(name)}`,
          fix: "write a name such as 'web-settings'",
          field: 'metadata.name',
        });
      }
      const { namespace } = object;
      if (namespace !== '' && namespace !== validNamespace) {
        if (isDnsLabel(namespace)) {
          validNamespace = namespace;
        } else {
          report(object, {
            message: `the name of a namespace must be at most 63 lowercase letters, digits and '-', with a letter or digit at both ends, but is ${describe(namespace)}`,
            fix: "write a namespace such as 'shop'",
            field: 'metadata.namespace',
          });
        }
      }
    }
  },
};
