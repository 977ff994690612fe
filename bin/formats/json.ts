import { fingerprints } from '../../review/fingerprint';
import { type Format, fails, openFindings, SEVERITIES } from '../report';

/** For programs: every finding with its fingerprint, the accepted ones included. */
export const json: Format = (report) => {
  const { findings, failOn, objects, files, version } = report;
  const prints = fingerprints(findings);
  const open = openFindings(report);
  const counts = [...SEVERITIES]
    .reverse()
    .map((severity) => [severity, open.filter((finding) => finding.severity === severity).length]);
  const document = {
    version,
    objects,
    files,
    failOn,
    failed: findings.some((finding) => fails(report, finding)),
    counts: Object.fromEntries(counts),
    findings: findings.map((finding, i) => ({ ...finding, fingerprint: prints[i] })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};
