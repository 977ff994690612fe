import type * as Yaml from 'yaml';

/**
 * Resolves all aliases of a document in one pass. The package searches all anchors of the file for each alias, which is
 * quadratic. An alias refers to the last anchor of its name before it.
 */
export function linkAliases(yaml: typeof Yaml, document: Yaml.Document): void {
  const anchors = new Map<string, Yaml.Node>();
  yaml.visit(document, {
    Node: (_, node) => {
      if (yaml.isAlias(node)) {
        link(node, anchors.get(node.source));
      } else if (node.anchor !== undefined) {
        anchors.set(node.anchor, node as Yaml.Node);
      }
    },
  });
}

type Resolve = Yaml.Alias['resolve'];

function link(alias: Yaml.Alias, target: Yaml.Node | undefined): void {
  const search: Resolve = alias.resolve;
  const resolve = (document: Parameters<Resolve>[0], context?: Parameters<Resolve>[1]) => {
    if (context === undefined) {
      return target;
    }
    // the package goes on to count how often an alias is expanded, which limits exponential files
    const nodes = target === undefined ? [alias] : [target, alias];
    return search.call(alias, document, Object.assign(context, { aliasResolveCache: nodes }));
  };
  Object.defineProperty(alias, 'resolve', { value: resolve });
}
