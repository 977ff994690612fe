import { loadYaml } from '../../kube/yaml';

/** The configuration of an add-on, as eksctl reads it. */
interface ConfigurationValues {
  readonly values: unknown;
  /** Whether there is more than one document; eksctl ignores all but the first. */
  readonly more: boolean;
}

/** Parses any JSON, or YAML with a map at the top, as eksctl does; undefined for anything else. */
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
