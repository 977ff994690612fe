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
      ['a password', { env: { DB_PASSWORD: 'hunter2' } }, /'DB_PASSWORD' looks like a secret/, /fromSecretsManager/],
      ['an address with a password', { env: { DB: 'mysql://u:hunter2@db/x' } }, /'DB' contains an address/, /Secret/],
      ['a computed token', { env: { API_TOKEN: () => 'abc' } }, /'API_TOKEN' looks like a secret/, /Secret\./],
      ['a key as an argument', { args: ['AKIAIOSFODNN7EXAMPLE'] }, /argument 1 contains an AWS/, /Secret\./],
      [
        'a private key as a file',
        { files: { '/etc/k': '-----BEGIN PRIVATE KEY-----' } },
        /'\/etc\/k' contains a private key/,
        /Secret\./,
      ],
      ['a variable with a blank', { env: { 'A B': 1 } }, /'A B' is no name/, /letters, digits/],
      ['a variable that is not there', { env: { A: undefined } }, /'A' is missing/, /write a text/],
      ['a function without a text', { env: { A: () => 8080 } }, /returns 8080/, /return a text/],
      [
        'a variable of the references',
        { env: { A: (self: { podName: string }) => self.podName, POD_NAME: Env.podName() } },
        /'POD_NAME' is declared/,
        /rename yours, or leave it out/,
      ],
      [
        'a file without a root',
        { files: { 'etc/a.conf': 'x' } },
        /must be an absolute path.*'etc\/a\.conf'/,
        /'\/var\/lib/,
      ],
      ['a file that climbs', { files: { '/etc/../a': 'x' } }, /must be an absolute path/, /'\/var\/lib/],
      ['a file of another type', { files: { '/etc/a': { x: 1 } } }, /is \{"x":1\}/, /secretFiles/],
      ['250 KiB of variables', { env: { A: 'x'.repeat(256_001) } }, /more than the 250 KiB/, /image or a volume/],
      ['250 KiB of files', { files: { '/a': 'x'.repeat(256_001) } }, /files hold 251 KiB/, /image or a volume/],
    ]),
  );
});
