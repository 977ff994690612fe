import type { Rule } from '../../rule';

/** A Service of type ExternalName without a name, or with what only other types have. */
export const rule: Rule = {
  id: 'services/external-name',
  title: 'a Service of type ExternalName names a host',
  severity: 'error',
  why: 'The API server refuses a Service of this type without externalName, which is what the cluster DNS answers.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#externalname',
  bad: `
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  type: ExternalName
`,
  good: `
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  type: ExternalName
  externalName: db.example.com
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.ofKind('Service', '')) {
      const { type, externalName, clusterIP } = object.manifest.spec ?? {};
      if (type !== 'ExternalName') {
        continue;
      }
      if (!externalName) {
        report(object, {
          message: 'externalName is required for type ExternalName',
          fix: "write the host, such as 'db.example.com', or another type",
          field: 'spec.externalName',
        });
      } else if (clusterIP !== undefined && clusterIP !== '') {
        report(object, {
          message: `clusterIP must be left out for type ExternalName, but is '${clusterIP}'`,
          fix: 'delete clusterIP',
          field: 'spec.clusterIP',
        });
      }
    }
  },
};
