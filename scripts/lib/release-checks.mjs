/**
 * What must hold before a release, as pure functions of texts, so that each can be tested without a repository. Each
 * returns problems, one a line; none is good.
 */

/** Stands in package.json for what only the owner of the repository knows. */
const PLACEHOLDER = 'OWNER';
const HEADING = /^## \[(?<name>[^\]]+)\](?: - (?<date>.+))?$/;

/** Fields of package.json that still hold a placeholder. */
export function placeholderProblems(manifest) {
  return ['homepage', 'repository', 'bugs']
    .filter((field) => manifest[field] === undefined || JSON.stringify(manifest[field]).includes(PLACEHOLDER))
    .map((field) => `package.json: ${field} is missing or holds ${PLACEHOLDER}. Write the address of the repository.`);
}

export function versionProblems(version, tags) {
  if (!/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version)) {
    return [`package.json: invalid version ${version}. Write major.minor.patch.`];
  }
  return tags.includes(`v${version}`) ? [`The tag v${version} exists. Raise the version in package.json.`] : [];
}

/** The sections of a changelog, each with the lines below its heading. */
export function sections(changelog) {
  const found = [];
  for (const line of changelog.split('\n')) {
    const heading = HEADING.exec(line);
    if (heading) {
      found.push({ heading: line, name: heading.groups.name, date: heading.groups.date, lines: [] });
    } else {
      found.at(-1)?.lines.push(line);
    }
  }
  return found;
}

const isPending = ({ name, date }, version) => name === 'Unreleased' || (name === version && date === 'unreleased');

/** The section that becomes the release: '## [Unreleased]' or '## [<version>] - unreleased'. */
function pendingSection(changelog, version) {
  return sections(changelog).find((section) => isPending(section, version));
}

/**
 * Whether the changelog has one section for the release, and lists what happened since the last one. `commits` are those
 * that touch what users get, as `hash subject`; `outputChanged`: committed output of the last release is different now.
 */
export function changelogProblems(changelog, version, { commits, outputChanged }) {
  const all = sections(changelog);
  const pending = all.filter((section) => isPending(section, version));
  if (all.some((section) => section.name === version && section.date !== 'unreleased')) {
    return [`CHANGELOG.md: ${version} has a date already. Raise the version in package.json.`];
  }
  if (pending.length !== 1) {
    return [`CHANGELOG.md: ${pending.length} sections for ${version}. Write one: ## [${version}] - unreleased.`];
  }
  const { heading, lines } = pending[0];
  if (!lines.some((line) => /^[-*] /.test(line))) {
    const unlisted = commits.length > 0 ? ` These commits are not listed:\n  ${commits.join('\n  ')}` : '';
    return [`CHANGELOG.md: '${heading}' lists nothing.${unlisted}`];
  }
  if (outputChanged && !lines.includes('### Changed')) {
    return [`CHANGELOG.md: committed output changed since the last release. List it below '### Changed'.`];
  }
  return [];
}

/** The changelog with the date of the release in the heading of its section. */
export function datedChangelog(changelog, version, date) {
  const { heading } = pendingSection(changelog, version);
  const lines = changelog.split('\n');
  lines[lines.indexOf(heading)] = `## [${version}] - ${date}`;
  return lines.join('\n');
}
