import type { Finding } from '../kube/finding';
import type { ManifestFile } from './read-manifests';

/** A file that holds a template instead of manifests has one finding that says so, whatever its YAML reads as. */
export function templateFinding(
  text: string,
  path: string,
  { documents, findings }: ManifestFile,
): Finding | undefined {
  const line = lineOfTemplate(text);
  if (line === undefined || (findings.length === 0 && !documents.some(({ value }) => hasTemplateKey(value)))) {
    return undefined;
  }
  return {
    rule: 'manifests/template',
    severity: 'error',
    file: { path, line },
    message: "the file is a template of Helm, with '{{', and not a manifest",
    fix: "render it and check the output: 'helm template ... | npx cdk8s-eks-patterns check -'",
  };
}

function lineOfTemplate(text: string): number | undefined {
  const at = text.indexOf('{{');
  return at < 0 ? undefined : text.slice(0, at).split('\n').length;
}

/** `name: {{ .Values.name }}` is valid YAML: a map whose key is a map. */
function hasTemplateKey(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > 50) {
    return false;
  }
  return Object.entries(value).some(
    ([key, child]) => (!Array.isArray(value) && key.startsWith('{ ')) || hasTemplateKey(child, depth + 1),
  );
}
