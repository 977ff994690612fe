import { annotationBytesOf, MOST_ANNOTATION_BYTES } from '../../../kube/apply-size';
import { title } from '../../../kube/inventory';
import type { Rule } from '../../rule';

/** No text of this many characters is too large, however it is written. */
const SMALL = 40_000;

/** What `kubectl apply` can keep of an object. */
export const rule: Rule = {
  id: 'objects/too-large',
  title: 'every object fits into the annotation that kubectl apply keeps it in',
  severity: 'error',
  why: 'kubectl apply writes the whole manifest into an annotation, and the API server refuses annotations of more than 262,144 bytes.',
  source: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/#comparison-with-client-side-apply',
  refusedBy: 'api-server',
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: dashboards, namespace: default }
data: { dashboard.json: '${'x'.repeat(262_000)}' }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: dashboards, namespace: default }
data: { dashboard.json: '${'x'.repeat(261_000)}' }
`,
  check: ({ inventory }, report) => {
    for (const object of inventory.objects) {
      // nearly every object is far from the limit, and need not be written
      const bytes = object.size !== undefined && object.size < SMALL ? 0 : annotationBytesOf(object.manifest);
      if (bytes > MOST_ANNOTATION_BYTES) {
        // large definitions are published for a server-side apply, which keeps no copy, and cannot be split
        const isDefinition = object.manifest.kind === 'CustomResourceDefinition';
        report(object, {
          message: `${title(object)} is too large for kubectl apply, which would write annotations of ${bytes} bytes, while ${MOST_ANNOTATION_BYTES} are allowed`,
          fix: isDefinition ? 'apply it with --server-side' : 'split it, or keep the large part in an image or in S3',
          ...(isDefinition && { severity: 'warning' }),
          field: 'metadata.annotations',
        });
      }
    }
  },
};
