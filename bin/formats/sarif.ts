import { type Finding, type Severity, sentence, titleOf } from '../../kube/finding';
import { fingerprints } from '../../review/fingerprint';
import { RULES } from '../../review/rules';
import { type Format, type Report, saidOf } from '../report';
import { pageOf, textOfRule } from '../rule-text';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', advice: 'note' };

/**
 * SARIF 2.1.0, for code scanning. Accepted findings stay in it as suppressed: one that vanished would be closed, and
 * opened again by the next run.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarif: Format = (report) => {
  const { findings, version } = report;
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort();
  const prints = fingerprints(findings);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk8s-eks-patterns',
            semanticVersion: version,
            rules: ids.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding, i) => resultOf(finding, ids.indexOf(finding.rule), prints[i]!, report)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

function ruleOf(id: string) {
  const rule = RULES.find((one) => one.id === id);
  const page = pageOf(id);
  return {
    id,
    ...(rule ? { shortDescription: { text: sentence(rule.title) }, fullDescription: { text: rule.why } } : {}),
    help: { text: textOfRule(id) },
    ...(page === undefined ? {} : { helpUri: page }),
    ...(rule ? { defaultConfiguration: { level: LEVELS[rule.severity] } } : {}),
  };
}

function resultOf(finding: Finding, ruleIndex: number, print: string, { hasBaseline }: Report) {
  const { rule, severity, object, field, container, waived, baselined, file } = finding;
  const suppressions = [
    ...(waived ? [{ kind: 'inSource', justification: waived.reason }] : []),
    ...(baselined ? [{ kind: 'external', justification: 'in the baseline' }] : []),
  ];
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: saidOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file?.path ?? 'manifests') },
          region: { startLine: file?.line ?? 1 },
        },
        ...(object
          ? {
              logicalLocations: [
                { fullyQualifiedName: titleOf(object), ...(field ? { name: field } : {}), kind: 'resource' },
              ],
            }
          : {}),
      },
    ],
    partialFingerprints: { 'cdk8sEksPatterns/v1': print },
    // without one in any result GitHub shows all as open
    ...(suppressions.length > 0 ? { suppressions } : {}),
    ...(hasBaseline ? { baselineState: baselined ? 'unchanged' : 'new' } : {}),
    ...(container === undefined ? {} : { properties: { container } }),
  };
}

/** A path as a relative reference: 'a b.yaml' is 'a%20b.yaml'. */
function uriOf(path: string): string {
  return path.split(/[/\\]/).map(encodeURIComponent).join('/');
}
