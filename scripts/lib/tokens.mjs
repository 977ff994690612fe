import { createRequire } from 'node:module';

/** Required, since an import would first read the compiler through for the names of its exports: a second. */
export const ts = createRequire(import.meta.url)('typescript');

const { SyntaxKind } = ts;

/** Tokens before which a comma is a trailing one. */
const CLOSING = new Set(['}', ')', ']']);

/** After these a slash divides; elsewhere it starts a regular expression. */
const ENDS_OPERAND = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.NumericLiteral,
  SyntaxKind.BigIntLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateTail,
  SyntaxKind.CloseParenToken,
  SyntaxKind.CloseBracketToken,
  SyntaxKind.CloseBraceToken,
  SyntaxKind.ThisKeyword,
]);

/**
 * The tokens of a TypeScript text, or of a piece of one, as `{ key, start, end }`. Comments, white space and trailing
 * commas are left out, and strings have the same key in either kind of quotes. The bracket after a trailing comma has
 * the end of that comma as `commaEnd`.
 */
export function tokensOf(text) {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  const tokens = [];
  /** Whether each open brace is that of a template literal. */
  const braces = [];
  let previous;
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === SyntaxKind.SlashToken && !ENDS_OPERAND.has(previous)) {
      kind = scanner.reScanSlashToken();
    } else if (kind === SyntaxKind.CloseBraceToken && braces.pop()) {
      kind = scanner.reScanTemplateToken(false);
    }
    if (kind === SyntaxKind.OpenBraceToken) {
      braces.push(false);
    } else if (kind === SyntaxKind.TemplateHead || kind === SyntaxKind.TemplateMiddle) {
      braces.push(true);
    }
    const isString = kind === SyntaxKind.StringLiteral;
    const key = isString ? `'${scanner.getTokenValue()}'` : scanner.getTokenText();
    const token = { key, start: scanner.getTokenStart(), end: scanner.getTokenEnd() };
    if (CLOSING.has(key) && tokens.at(-1)?.key === ',') {
      token.commaEnd = tokens.pop().end;
    }
    tokens.push(token);
    // `x! / 2` divides: the mark after an operand belongs to it
    previous = kind === SyntaxKind.ExclamationToken && ENDS_OPERAND.has(previous) ? previous : kind;
  }
  return tokens;
}

/** Whether an item of a list, an object or a call may end before a token. */
export const endsItem = (token) => token !== undefined && (token.key === ',' || CLOSING.has(token.key));
