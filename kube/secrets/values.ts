import type { NameMeaning } from './names';
import { isPlaceholder } from './tokens';

/** A switch, or a word that stands for no secret. */
const SWITCH =
  /^(true|false|yes|no|on|off|none|null|nil|undefined|default|enabled?|disabled?|always|never|optional|required|auto|automatic|unset|empty|env|file|basic|bearer|inherit|anonymous|iam|kms|vault|aws|ssm|secretsmanager)$/i;
/** A path of at least two folders, or relative to a known place: a password may begin with '/', too. */
const PATH = /^(~|\.{1,2}|\/[\w.@-]{1,255})(\/[\w.@-]{1,255}){1,40}\/?$/;
/** What is replaced later, by the kubelet, a shell or a template: $(NAME), ${NAME}, $NAME, {{ x }}, <x>, %(x)s, @x@. */
const INSERTED =
  /^(\$\([\w.-]+\)|\$\{[^}]*\}|\$[A-Z_][A-Z0-9_]*|\{\{.*\}\}|\{%.*%\}|\{[\w.-]+\}|<[^<>]*>|%\(?\w+\)?[s%]|%[A-Z_]+%|@[\w.-]+@|__\w+__)$/s;
/** Where a secret is kept: an ARN, an alias, a reference of a tool. */
const PLACE =
  /^(arn:|alias\/|(vault|ssm|awssm|awsps|secretsmanager|aws-?secretsmanager|op|file|env|sops|akeyless|gcpsm|ref\+\w+|k8s|kubernetes|secret):|ENC\[|\{\{?resolve:|https?:\/\/|[\w.-]+\.(pem|crt|key|p12|jks|json|ya?ml|txt|env)$)/i;
/** Code that reads a variable. */
const CODE =
  /^(process\.|os\.|env\.|ENV\[|System\.|getenv|config\.|settings\.|self\.|this\.)|[([]|^[a-z_]+(\.[a-z_]+)+;?$/i;
/** Words with separators, as the name of a Secret, of a header or of a cookie. */
const NAME = /^[A-Za-z]+([-_./:][A-Za-z]+)+$/;
/** The name of a cookie, or one with words as its value. */
const LETTERS = /^[A-Za-z._-]+(=[A-Za-z._-]+)?$/;
const DIGITS = /^[-+]?\d{1,9}(\.\d+)?(ms|s|m|h|d)?$/;

/** MinIO takes keys of 8 characters, AWS of 40: a short word is for a copy of a service, which asks for none. */
const WORD = /^[a-z]{1,7}$/i;

/** Whether a value that stands under the name of a secret is no secret itself. */
export function isHarmless(value: string, meaning: NameMeaning): boolean {
  const text = value.trim();
  const harmless =
    text === '' ||
    SWITCH.test(text) ||
    INSERTED.test(text) ||
    PLACE.test(text) ||
    PATH.test(text) ||
    (isPlaceholder(text) && !/\d/.test(text));
  switch (meaning) {
    case 'password':
      return harmless || isTemplate(text);
    case 'access key':
      return harmless || isTemplate(text) || WORD.test(text);
    case 'secret':
      return harmless || isTemplate(text) || DIGITS.test(text) || NAME.test(text) || isSecretsManagerName(text);
    case 'cookie':
      return harmless || isTemplate(text) || LETTERS.test(text) || DIGITS.test(text);
  }
}

/** Whether a value in a text that may be a program is an expression. */
export const isExpression = (value: string): boolean => CODE.test(value);

/** Text that is only made of what is inserted: '$(USER):$(PASSWORD)'. */
function isTemplate(text: string): boolean {
  return text.includes('$') && /^(\$(\([\w.-]+\)|\{[^}]*\})|[\s:@/,;.-])+$/.test(text.slice(0, 2000));
}

/** 'shop/db', 'prod/orders-2': folders and words, none of which is random. */
function isSecretsManagerName(text: string): boolean {
  return text.length <= 200 && /^[a-z][a-z-]*\d{0,2}(\/[a-z][a-z_-]*\d{0,2})+$/.test(text);
}
