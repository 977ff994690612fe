// Writes docs/rules.md, the page of all rules over objects, from the rules themselves: npm run rules
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutMargin } from '../bin/rule-text';
import { sentence } from '../kube/finding';
import { CHECK_RULES } from '../review/check-rules';
import { ENGINE_RULES } from '../review/known-rules';
import type { Rule } from '../review/rule';
import { RULES } from '../review/rules';

/** The text of the page. */
export function rulesPage(rules: readonly Rule[]): string {
  const topics = [...new Set(rules.map(topicOf))];
  const listed = (all: Readonly<Record<string, string>>) =>
    Object.entries(all)
      .map(([id, title]) => `- **${id}** ${title}`)
      .join('\n');
  return `# Rules

<!-- Written by \`npm run rules\` from review/rules/. -->

Every rule of the [review](review.md), with the smallest manifests that break it and the nearest ones that keep it. A ClusterConfig among them is the
cluster. The rules of the ClusterConfig itself have [a page of their own](cluster-rules.md). ${rules.length} rules in ${topics.length} topics:

| rule | severity | what holds |
| ---- | -------- | ---------- |
${rules.map(rowOf).join('\n')}

${topics
  .map(
    (topic) =>
      `## ${topic}\n\n${rules
        .filter((rule) => topicOf(rule) === topic)
        .map(sectionOf)
        .join('\n')}`,
  )
  .join('\n')}
## About programs

These see more than the objects, so only synthesis checks them.

${listed(CHECK_RULES)}

## About the review itself

${listed(ENGINE_RULES)}
`;
}

const topicOf = ({ id }: Rule): string => id.slice(0, id.indexOf('/'));
// GitHub leaves the slash out of an anchor
const rowOf = ({ id, severity, title }: Rule): string =>
  `| [${id}](#${id.replace('/', '')}) | ${severity} | ${title.replaceAll('|', '\\|').replaceAll('<', '&lt;')} |`;

function sectionOf({ id, severity, title, why, source, bad, good, needs }: Rule): string {
  const needed = needs === undefined ? '' : ' Checked only where the cluster is known.';
  const link = source === undefined ? '' : ` [Source](${source}).`;
  return `### ${id}

**${severity}**: ${plain(sentence(title.replace(/\.$/, '')))}${needed}

${plain(why)}${link}

Breaks it:

\`\`\`yaml
${withoutMargin(bad)}
\`\`\`

Keeps it:

\`\`\`yaml
${withoutMargin(good)}
\`\`\`
`;
}

/** Text of a rule has angle brackets and stars for placeholders, and no markup. */
function plain(text: string): string {
  return text.replace(/[\\*_<]/g, (character) => (character === '<' ? '&lt;' : `\\${character}`));
}

if (require.main === module) {
  writeFileSync(join(__dirname, '..', 'docs', 'rules.md'), rulesPage(RULES));
}
