import { Env } from 'cdk8s-eks-patterns';
import { judge, propsOf } from './support';

describe('labels, annotations, variables and files', () => {
  judge(
    propsOf('WebService', [
      ['a label with a blank', { labels: { team: 'the shop' } }, 'props/invalid', "labels['team']"],
      ['a label that is a number', { labels: { tier: 1 } }, 'props/type', "labels['tier']"],
      ['a label key with a blank', { labels: { 'the team': 'shop' } }, 'props/invalid', "labels['the team']"],
      [
        'the label of the selector',
        { labels: { 'app.kubernetes.io/name': 'x' } },
        'props/forbidden',
        "labels['app.kubernetes.io/name']",
      ],
      ['an annotation that is true', { annotations: { scrape: true } }, 'props/type', "annotations['scrape']"],
      ['a password', { env: { DB_PASSWORD: 'hunter2' } }, 'props/forbidden', 'env.DB_PASSWORD'],
      ['an address with a password', { env: { DB: 'mysql://u:hunter2@db/x' } }, 'props/forbidden', 'env.DB'],
      ['a computed token', { env: { API_TOKEN: () => 'abc' } }, 'props/forbidden', 'env.API_TOKEN'],
      ['a key as an argument', { args: [`AKIA${'IOSFODNN7AB2CD34'}`] }, 'props/forbidden', 'args[0]'],
      [
        'a private key as a file',
        { files: { '/etc/k': '-----BEGIN PRIVATE KEY-----' } },
        'props/forbidden',
        "files['/etc/k']",
      ],
      ['a variable with a blank', { env: { 'A B': 1 } }, 'props/invalid', "env['A B']"],
      ['a variable that is not there', { env: { A: undefined } }, 'props/required', 'env.A'],
      ['a function without a text', { env: { A: () => 8080 } }, 'props/type', 'env.A'],
      [
        'a variable of the references',
        { env: { A: (self: { podName: string }) => self.podName, POD_NAME: Env.podName() } },
        'props/duplicate',
        'env.POD_NAME',
      ],
      ['a file without a root', { files: { 'etc/a.conf': 'x' } }, 'props/invalid', "files['etc/a.conf']"],
      ['a file that climbs', { files: { '/etc/../a': 'x' } }, 'props/invalid', "files['/etc/../a']"],
      ['a file of another type', { files: { '/etc/a': { x: 1 } } }, 'props/type', "files['/etc/a']"],
      ['250 KiB of variables', { env: { A: 'x'.repeat(256_001) } }, 'props/invalid', 'env'],
      ['250 KiB of files', { files: { '/a': 'x'.repeat(256_001) } }, 'props/invalid', 'files'],
    ]),
  );
});
