// Runs kube-score, checkov and trivy at their default settings over every committed dist/ and compares what they find
// with test/linters/allowed.json:
//   node scripts/lint-manifests.mjs [--install]
// Fails on a finding that is not in the list, on an entry of the list that no longer occurs, and on a fourth kind of finding.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { LineCounter, parseAllDocuments } from 'yaml';
import { CACHE } from './lib/cache.mjs';

const KUBERNETES = 'v1.35';
const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

/** The number of kinds of findings that the list may have. */
const MOST_KINDS = 3;
/** Rules that trivy reports once for every document of a file, whatever it is. */
const FOR_EVERY_DOCUMENT = new Set(['KSV-0039', 'KSV-0040']);

/** The tools, each with the version that the list of findings belongs to. */
const TOOLS = {
  'kube-score': {
    folder: join(CACHE, 'kube-score-1.20.0'),
    program: 'kube-score',
    install: (folder) =>
      run('go', ['install', 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0'], { env: { GOBIN: folder } }),
  },
  checkov: {
    folder: join(CACHE, 'checkov-3.3.13'),
    program: 'bin/checkov',
    install: (folder) => {
      run('python3', ['-m', 'venv', folder]);
      run(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', 'checkov==3.3.13']);
    },
  },
  // takes several minutes; -p 2 keeps the memory within 4 GB
  trivy: {
    folder: join(CACHE, 'trivy-0.70.0'),
    program: 'trivy',
    install: (folder) =>
      run('go', ['install', '-p', '2', '-trimpath', 'github.com/aquasecurity/trivy/cmd/trivy@v0.70.0'], {
        env: { GOBIN: folder, CGO_ENABLED: '0', GOEXPERIMENT: 'jsonv2' },
      }),
  },
};

function run(command, args, { env } = {}) {
  console.log(`$ ${command} ${args.join(' ')}`);
  execFileSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
}

/** The cached one first: its version is known. What is on PATH is not asked when the tools are to be installed. */
function find(name, mayInstall) {
  const { folder, program, install } = TOOLS[name];
  const cached = join(folder, program);
  if (!existsSync(cached) && mayInstall) {
    mkdirSync(folder, { recursive: true });
    install(folder);
  }
  const onPath = (process.env.PATH ?? '').split(delimiter).map((entry) => join(entry, name));
  const tool = [cached, ...onPath].find((file) => existsSync(file));
  if (!tool) {
    throw new Error(`${name} is neither in ${folder} nor on PATH; run: node scripts/lint-manifests.mjs --install`);
  }
  return tool;
}

/** The output of a tool as JSON. Some end with an error code when they find something, so the code says nothing. */
function json(tool, args, env = {}) {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 1 << 28 };
    execFile(tool, args, options, (_, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        reject(new Error(`${basename(tool)} gave no report:\n${stdout.slice(0, 2000)}\n${stderr.slice(0, 2000)}`));
      }
    });
  });
}

/** The committed outputs: a name, the folder, and its workloads as 'set/Kind/namespace/name'. */
function committedSets() {
  const examples = readdirSync('examples').filter((name) => existsSync(join('examples', name, 'dist')));
  const folders = [['main', 'dist'], ...examples.map((name) => [name, join('examples', name, 'dist')])];
  return folders.map(([name, folder]) => {
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => join(folder, file));
    const manifests = files.flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((d) => d.toJSON()));
    const workloads = manifests
      .filter((manifest) => WORKLOADS.includes(manifest?.kind))
      .map(({ kind, metadata }) => `${name}/${kind}/${metadata.namespace}/${metadata.name}`);
    return { name, folder, files, workloads };
  });
}

/** kube-score: one call a set, since it looks for what belongs together. */
async function kubeScore(tool, { name, files, workloads }) {
  const args = ['score', '--kubernetes-version', KUBERNETES];
  args.push('--disable-ignore-checks-annotations', '-o', 'json', ...files);
  const objects = (await json(tool, args)) ?? [];
  const idOf = ({ type_meta: { kind }, object_meta: { namespace, name: own } }) =>
    `${name}/${kind}/${namespace ?? ''}/${own}`;
  seen('kube-score', workloads, new Set(objects.map(idOf)));
  return objects.flatMap((object) =>
    (object.checks ?? [])
      .filter(({ grade, skipped }) => !skipped && grade < 10)
      .map(({ check, comments }) => ({
        tool: 'kube-score',
        rule: check.id,
        object: idOf(object),
        text: [...new Set((comments ?? []).map(({ summary }) => summary))].join('; ') || check.comment,
      })),
  );
}

async function checkov(tool, { name, folder, workloads }) {
  const args = ['-d', folder, '--framework', 'kubernetes', '--skip-download', '-o', 'json', '--quiet', '--compact'];
  const report = await json(tool, args, { CKV_SKIP_PACKAGE_UPDATE_CHECK: 'true' });
  const { summary = report, results = {} } = [report].flat()[0];
  if (summary.parsing_errors > 0 || (workloads.length > 0 && !(summary.resource_count > workloads.length))) {
    throw new Error(`checkov did not read all of ${folder}: ${JSON.stringify(summary)}`);
  }
  return (results.failed_checks ?? []).map(({ check_id, check_name, resource }) => {
    const [kind, namespace, ...own] = resource.split('.');
    return {
      tool: 'checkov',
      rule: check_id,
      object: `${name}/${kind}/${namespace}/${own.join('.')}`,
      text: check_name,
    };
  });
}

/** trivy names a line; the document that has it is the object. */
async function trivy(tool, { name, folder, workloads }) {
  const cache = mkdtempSync(join(tmpdir(), 'trivy-'));
  try {
    const args = ['config', '--quiet', '--skip-check-update', '--format', 'json', '--cache-dir', cache, folder];
    const { Results = [] } = await json(tool, args);
    const read = new Set(Results.filter(({ MisconfSummary: sum }) => sum?.Successes > 0).map(({ Target }) => Target));
    const expected = new Set(workloads.map((id) => `${id.split('/')[2]}.k8s.yaml`));
    const missed = [...expected].filter((file) => !read.has(file));
    if (missed.length > 0) {
      throw new Error(`trivy did not read ${missed.join(', ')} in ${folder}`);
    }
    return Results.flatMap(({ Target, Misconfigurations = [] }) => {
      const objectAt = objectsByLine(join(folder, Target));
      return Misconfigurations.filter(({ Status, ID }) => Status === 'FAIL' && !FOR_EVERY_DOCUMENT.has(ID)).map(
        ({ ID, Title, Message, CauseMetadata }) => ({
          tool: 'trivy',
          rule: ID,
          object: `${name}/${objectAt(CauseMetadata?.StartLine)}`,
          text: Message || Title,
        }),
      );
    });
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/** 'Kind/namespace/name' of the document that has a line of a file, as trivy counts them: without the lines '---'. */
function objectsByLine(file) {
  const lines = new LineCounter();
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), { lineCounter: lines });
  const starts = [0, ...documents.map((document, k) => lines.linePos(document.range[2]).line - (k + 1))];
  return (line) => {
    const at = line === undefined ? -1 : documents.findLastIndex((_, k) => starts[k] <= line);
    const { kind, metadata = {} } = documents[at]?.toJSON() ?? { kind: 'file', metadata: { name: basename(file) } };
    return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
  };
}

/** A tool that passes over a workload finds nothing wrong with it. */
function seen(tool, workloads, judged) {
  const missed = workloads.filter((id) => !judged.has(id));
  if (missed.length > 0) {
    throw new Error(`${tool} did not judge ${missed.join(', ')}`);
  }
}

/** `*` stands for any text in one part of 'set/Kind/namespace/name'. */
function globOf(pattern) {
  const parts = pattern.split('/').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*'));
  return new RegExp(`^${parts.join('/')}$`);
}

/** Pairs findings with entries; returns the complaints. */
function compare(findings, entries) {
  const used = new Set();
  const complaints = [];
  for (const finding of findings) {
    const entry = entries.find(
      ({ tool, rule, globs }) =>
        tool === finding.tool && rule === finding.rule && globs.some(({ glob }) => glob.test(finding.object)),
    );
    if (entry) {
      entry.count += 1;
      for (const { pattern, glob } of entry.globs) {
        if (glob.test(finding.object)) {
          used.add(`${entry.index} ${pattern}`);
        }
      }
    } else {
      complaints.push(`not allowed: ${finding.tool} ${finding.rule} ${finding.object} (${finding.text})`);
    }
  }
  for (const { tool, rule, globs, index } of entries) {
    for (const { pattern } of globs.filter(({ pattern: p }) => !used.has(`${index} ${p}`))) {
      complaints.push(`no longer occurs: ${tool} ${rule} ${pattern}`);
    }
  }
  return complaints;
}

function readEntries() {
  const list = JSON.parse(readFileSync('test/linters/allowed.json', 'utf8'));
  const kinds = new Set(list.map(({ kind }) => kind));
  if (kinds.size > MOST_KINDS) {
    throw new Error(`test/linters/allowed.json: ${kinds.size} kinds, at most ${MOST_KINDS}: ${[...kinds].join(', ')}`);
  }
  return list.map(({ kind, tool, rule, objects, reason }, index) => {
    if (!kind || !(tool in TOOLS) || !rule || !reason || !(objects?.length > 0)) {
      throw new Error(`test/linters/allowed.json: entry ${index} needs kind, tool, rule, objects and reason`);
    }
    return { tool, rule, reason, index, count: 0, globs: objects.map((p) => ({ pattern: p, glob: globOf(p) })) };
  });
}

const mayInstall = process.argv.includes('--install');
const tools = {
  kubeScore: find('kube-score', mayInstall),
  checkov: find('checkov', mayInstall),
  trivy: find('trivy', mayInstall),
};
const sets = committedSets();
const findings = [];
for (const set of sets) {
  findings.push(...(await kubeScore(tools.kubeScore, set)), ...(await trivy(tools.trivy, set)));
}
// it takes seconds to start: two at a time
for (let i = 0; i < sets.length; i += 2) {
  findings.push(...(await Promise.all(sets.slice(i, i + 2).map((set) => checkov(tools.checkov, set)))).flat());
}

const entries = readEntries();
const complaints = compare(findings, entries);
const width = Math.max(...entries.map(({ rule }) => rule.length));
for (const { tool, rule, count, reason } of entries) {
  console.log(`${tool.padEnd(10)}  ${rule.padEnd(width)}  ${String(count).padStart(3)}  ${reason}`);
}
const workloads = sets.reduce((sum, set) => sum + set.workloads.length, 0);
console.log(
  `\n${sets.length} folders, ${workloads} workloads, ${findings.length} findings, ${complaints.length} not as listed`,
);
for (const complaint of complaints) {
  console.error(`  ${complaint}`);
}
process.exit(complaints.length > 0 ? 1 : 0);
