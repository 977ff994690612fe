/**
 * Every command that a page of the workshop tells to type, in a block or in a sentence, and which test runs it. A command
 * that no row names fails test/workshop/commands.test.ts, so that none is printed and never run.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { FOLDER, PAGES } from './pages';

export interface Command {
  /** '04', or 'README'. */
  readonly page: string;
  readonly line: number;
  /** On one line, without its comment. */
  readonly text: string;
}

const PROGRAMS = 'docker|kubectl|eksctl|npm|npx|git|cd|aws|helm|argocd|flux|terraform|curl|node|cdk8s';

export const COMMANDS: readonly Command[] = [
  ...PAGES.map(({ name, text }) => ({ page: name.slice(0, 2), text })),
  { page: 'README', text: fs.readFileSync(path.join(FOLDER, 'README.md'), 'utf8') },
].flatMap(({ page, text }) => commandsIn(text).map((command) => ({ page, ...command })));

/** The commands of a page: lines of shell, the first lines of consoles, and code in sentences that begins with a program. */
export function commandsIn(text: string): { line: number; text: string }[] {
  const lineOf = (index: number) => text.slice(0, index).split('\n').length;
  const blocks = [...text.matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```$/gm)].flatMap(({ 1: lang, 2: body, index }) => {
    const lines = body!.replace(/\\\n\s*/g, (joined) => ' '.repeat(joined.length)).split('\n');
    const commands =
      lang === 'sh' || lang === 'bash'
        ? lines.filter((line) => line.trim() !== '')
        : lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2));
    return commands.map((command) => ({
      line: lineOf(index + 1) + 1 + lines.findIndex((line) => line.endsWith(command)),
      text: command
        .replace(/ +# .*/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    }));
  });
  const prose = text.replace(/^ *```[\s\S]*?^ *```$/gm, (block) => block.replace(/[^\n]/g, ' '));
  const inline = [...prose.matchAll(new RegExp(`\`((?:${PROGRAMS}) [^\`]*)\``, 'g'))].map(({ 1: code, index }) => ({
    line: lineOf(index),
    text: code!,
  }));
  return [...blocks, ...inline].sort((a, b) => a.line - b.line);
}

/** Who runs a command. */
export const RUNNERS = {
  /** test/cluster/workshop.test.ts, which takes the commands from here. */
  controlPlane: [
    '02 kubectl get deployments,replicasets,pods -n shop',
    '02 kubectl describe deployment web -n shop',
    '02 kubectl delete pod -n shop -l app.kubernetes.io/name=web --wait=false',
    '02 kubectl rollout status deployment/web -n shop',
    '03 kubectl apply -f dist/',
    '04 kubectl get deployments,statefulsets,jobs,cronjobs,pods -n shop',
    '04 kubectl get daemonsets -n agents',
    '05 kubectl apply -f dist/',
    '05 kubectl diff -f dist/',
    '07 kubectl get pods -n shop -w',
    '07 kubectl apply -f dist/',
    '07 kubectl delete pod store-1 -n shop',
    '07 kubectl get pvc -n shop',
    '07 kubectl scale statefulset store -n shop --replicas=1',
    '07 kubectl rollout restart statefulset store -n shop',
    '10 kubectl diff -f dist/',
    '10 kubectl apply -f dist/',
    '10 kubectl rollout undo statefulset/cart -n shop',
  ],
  /** test/workshop/pages.test.ts, which synthesizes every program and compares what consoles show. */
  pages: [
    '01 npm run synth',
    '03 npm run check',
    '03 npm run synth',
    '03 npx cdk8s-eks-patterns check dist',
    '05 npm run synth',
    '08 npm run synth',
    '09 npm run synth',
    '10 npx cdk8s-eks-patterns check dist',
  ],
  /** test/workshop/commands.test.ts, with Git and the commands of the project in a folder of its own. */
  here: [
    '10 npm run synth',
    '10 npm run check',
    '10 git diff dist/',
    'README npm run synth',
    'README npm run check',
    'README git init',
    'README git add .',
    "README git commit -m 'Page 1'",
    'README git diff dist',
  ],
  /** scripts/test-package.mjs, with the tarballs in place of the published packages. */
  package: ['README npm create cdk8s-eks-patterns workshop', 'README cd workshop', 'README npm install'],
  /** Nothing: they talk to AWS. */
  aws: [
    '03 eksctl create cluster -f dist/cluster/prod.yaml',
    '03 eksctl delete cluster -f dist/cluster/prod.yaml',
    '10 eksctl upgrade cluster -f dist/cluster/prod.yaml --approve',
    '10 eksctl upgrade nodegroup --cluster prod --name workers --kubernetes-version 1.36',
    '10 eksctl update addon -f dist/cluster/prod.yaml',
  ],
  /** Nothing: it needs Docker and an image of a registry. */
  docker: [
    '01 docker run -d --name web -p 8080:8080 -e GREETING=hello --user 101:101 --read-only --tmpfs /tmp --memory 128m --cpus 0.4 --cap-drop ALL --security-opt no-new-privileges --stop-timeout 30 --restart always public.ecr.aws/nginx/nginx-unprivileged:1.29',
  ],
  /** Nothing: names of commands, without what they act on. */
  named: ['09 cdk8s synth', '10 kubectl apply', 'README docker run'],
} as const;

/** The commands of a runner on a page, as often as the page has them, in its order. */
export function commandsOf(runner: keyof typeof RUNNERS, page: string): string[] {
  const rows: readonly string[] = RUNNERS[runner];
  return COMMANDS.filter((command) => command.page === page && rows.includes(rowOf(command))).map(({ text }) => text);
}

export const rowOf = ({ page, text }: Command): string => `${page} ${text}`;
