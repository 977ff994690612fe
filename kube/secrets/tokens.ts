/** What a text holds that must not be readable, for messages: 'a GitHub token'. */
export type SecretKind = string;

/** Random letters and digits behind the prefix of a token. */
const tail = (characters: string, least: number, most = 512): string => `[${characters}]{${least},${most}}`;
const WORD = 'A-Za-z0-9';
/** Of services whose keys look alike. */
const API_KEY = 'an API key';

/**
 * Tokens that can be told by their prefix, length and characters, without knowing where they stand. All repetitions are
 * bounded, so that a search takes time that grows with the text alone.
 */
const TOKENS: readonly (readonly [kind: SecretKind, prefix: string, rest: string])[] = [
  ['an AWS access key', 'A(?:KIA|SIA|BIA|CCA)', '[A-Z0-9]{16}(?![A-Za-z0-9])'],
  ['an AWS Bedrock key', 'ABSK', tail(`${WORD}+/=`, 60)],
  ['a GitHub token', 'gh[pousr]_', tail(WORD, 20)],
  ['a GitHub token', 'github_pat_', tail(`${WORD}_`, 20)],
  ['a GitLab token', 'gl(?:pat|dt|rt|ptt|cbt|ft|soat|imt|agent|ffct|oas)-', tail(`${WORD}_-`, 16)],
  ['a Slack token', 'xox[abeoprs][.-]', tail(`${WORD}.-`, 10)],
  ['a Slack token', 'xapp-', tail(`${WORD}-`, 10)],
  ['a Stripe key', '[rs]k_(?:live|test|prod)_', tail(WORD, 10)],
  ['a signing secret of webhooks', 'whsec_', tail(`${WORD}+/=`, 16)],
  ['a Google API key', 'AIza', tail(`${WORD}_-`, 30)],
  ['a Google OAuth secret', 'GOCSPX-', tail(`${WORD}_-`, 20)],
  ['a Google access token', 'ya29\\.', tail(`${WORD}_-`, 20)],
  ['an npm token', 'npm_', tail(WORD, 30)],
  ['a SendGrid key', 'SG\\.', `${tail(`${WORD}_-`, 16)}\\.${tail(`${WORD}_-`, 16)}`],
  [API_KEY, 'sk-', tail(`${WORD}_-`, 20)],
  [API_KEY, '(?:gsk_|xai-|pplx-|r8_|hf_|lin_api_|ntn_|figd_|dapi|key-)', tail(WORD, 30)],
  ['a Mailchimp key', '[0-9a-f]{32}-us', '[0-9]{1,2}(?![A-Za-z0-9])'],
  ['a Telegram token', '[0-9]{8,10}:AA', tail(`${WORD}_-`, 32, 33)],
  ['a Twilio key', 'SK', '[0-9a-f]{32}(?![A-Za-z0-9])'],
  ['a Shopify token', 'shp(?:at|ca|pa|ss)_', tail('a-fA-F0-9', 32)],
  ['a Square token', 'sq0[a-z]{3}-', tail(`${WORD}_-`, 22)],
  ['a DigitalOcean token', 'do[opr]_v1_', tail('a-f0-9', 40)],
  ['a Docker token', 'dckr_(?:pat|oat)_', tail(`${WORD}_-`, 20)],
  ['a HashiCorp token', 'hv[bsr]\\.', tail(`${WORD}_-`, 20)],
  ['a PyPI token', 'pypi-', tail(`${WORD}_-`, 50)],
  ['a RubyGems token', 'rubygems_', tail('a-f0-9', 40)],
  ['a Grafana token', 'gl(?:sa|c)_', tail(`${WORD}_=+/`, 20)],
  ['a New Relic key', 'NR(?:AK|II|RA|JS)-', tail(`${WORD}_-`, 18)],
  ['a Sentry token', 'sntry[su]_', tail(`${WORD}_=+/-`, 30)],
  ['a Sonar token', 'sq[apu]_', tail('a-f0-9', 40)],
  ['an Atlassian token', 'AT(?:ATT|CTT|BB)', tail(`${WORD}_=-`, 24)],
  ['a Postman key', 'PMAK-', tail(`${WORD}-`, 40)],
  ['a Tailscale key', 'tskey-', tail(`${WORD}-`, 20)],
  ['a Pulumi token', 'pul-', tail('a-f0-9', 40)],
  ['a Doppler token', 'dp\\.[a-z]{2,6}\\.', tail(WORD, 40)],
  ['a PlanetScale token', 'pscale_(?:tkn|pw|oauth)_', tail(`${WORD}_.=-`, 30)],
  ['a Supabase token', 'sbp_', tail('a-f0-9', 40)],
  ['an Artifactory key', 'AKCp', tail(WORD, 40)],
  ['an age key', 'AGE-SECRET-KEY-1', tail('A-Z0-9', 50)],
];

const BEFORE = '(?<![A-Za-z0-9])';
/** Whether there is a token at all: without groups a search takes a tenth of the time, and nearly no text has one. */
const ANY = new RegExp(`${BEFORE}(?:${TOKENS.map(([, prefix, rest]) => `${prefix}${rest}`).join('|')})`);
/** Each of them in a group of its own. */
const searchAll = () =>
  new RegExp(`${BEFORE}(?:${TOKENS.map(([, prefix, rest]) => `(${prefix}${rest})`).join('|')})`, 'g');
/** The shortest token, which is one of Slack. */
const SHORTEST = 15;

/** What stands in documentation. */
const PLACEHOLDER = /example|x{4,}|\*{3,}|\.{3,}|redacted|placeholder|^replace[-_]|your[-_]?/i;

/** The first token in a text. */
export function tokenIn(text: string): SecretKind | undefined {
  // each has a digit
  if (text.length < SHORTEST || !/\d/.test(text) || !ANY.test(text)) {
    return undefined;
  }
  for (const match of text.matchAll(searchAll())) {
    const token = match[0];
    const kind = TOKENS[match.slice(1).findIndex((group) => group !== undefined)]![0];
    // random characters hold digits, and are not words with hyphens
    const random = /\d/.test(token.slice(4)) && (kind !== API_KEY || /[A-Za-z0-9]{16}/.test(token));
    if (random && !PLACEHOLDER.test(token)) {
      return kind;
    }
  }
  return undefined;
}

/** Whether a text is written where a secret would be inserted. */
export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text);
