/** An unquoted scalar as the YAML of Go reads it (kubectl, eksctl): null, a boolean, a number, or the string itself. */
export function plainScalar(text: string): string | number | boolean | null {
  if (/^(?:~|[Nn]ull|NULL)?$/.test(text)) {
    return null;
  }
  if (/^(?:y|Y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/.test(text)) {
    return true;
  }
  if (/^(?:n|N|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/.test(text)) {
    return false;
  }
  return numberOf(text) ?? text;
}

/** Underscores are ignored; 010 and 0o10 are 8. Unlike in YAML 1.1, 1:30 and dates stay strings. */
function numberOf(text: string): number | undefined {
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) {
    return Number.NaN;
  }
  const infinite = /^([-+]?)\.(?:inf|Inf|INF)$/.exec(text);
  if (infinite) {
    return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (!/^[-+.\d]/.test(text)) {
    return undefined;
  }
  const plain = text.replaceAll('_', '');
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/.exec(plain)!;
  const octal = /^0[oO]?([0-7]+)$/.exec(digits);
  const magnitude = octal
    ? Number.parseInt(octal[1]!, 8)
    : /^(?:0[xX][0-9a-fA-F]+|0[bB][01]+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/.test(digits)
      ? Number(digits)
      : undefined;
  // a number that is too large stays a string
  return magnitude === undefined || magnitude === Number.POSITIVE_INFINITY
    ? undefined
    : sign === '-'
      ? -magnitude
      : magnitude;
}
