import { loadYaml } from '../../kube/yaml';

/** What eksctl reads in the text of an add-on's configuration. */
interface ConfigurationValues {
  readonly values: unknown;
  /** Whether more documents follow the first, which eksctl does not read. */
  readonly more: boolean;
}

/** The values as eksctl reads them: any JSON, or YAML whose top is a map. Undefined when the text is neither. */
export function parseConfigurationValues(text: string): ConfigurationValues | undefined {
  try {
    return { values: JSON.parse(text), more: false };
  } catch {
    return parseYamlMap(text);
  }
}

function parseYamlMap(text: string): ConfigurationValues | undefined {
  const { isMap, parseAllDocuments } = loadYaml();
  const documents = parseAllDocuments(text, { version: '1.1', uniqueKeys: true });
  const [document, ...rest] = Array.isArray(documents) ? documents : [];
  if (document === undefined) {
    return { values: null, more: false };
  }
  try {
    const values = document.toJS();
    return document.errors.length === 0 && (document.contents === null || isMap(document.contents) || values === null)
      ? { values, more: rest.length > 0 }
      : undefined;
  } catch {
    // an alias without its anchor
    return undefined;
  }
}
