import { dirname, sep } from 'node:path';

/** The files of this library: the folder of its one compiled file, or charts/ in the repository. */
const OWN_FILES = __dirname.endsWith(`${sep}core`) ? dirname(__dirname) : __dirname;
const FRAMES = 40;
/** Frames of Node.js and of JavaScript itself, and of packages that call programs. */
const NOT_THE_USER = /\(?node:|<anonymous>\)?$|[\\/]node_modules[\\/]/;

/**
 * Leaves one line of an error's stack, the place in the user's program: the rest leads through this library. Computed when it
 * is read, since most errors are collected and never printed.
 */
export function showPlaceOnly(error: Error): void {
  const whole: { stack?: string } = {};
  const { stackTraceLimit } = Error;
  // checks of parts of parts lie between the error and the user
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(whole, showPlaceOnly);
  Error.stackTraceLimit = stackTraceLimit;
  let own: string | undefined;
  const stack = {
    configurable: true,
    get: () => own ?? [`${error.name}: ${error.message}`, ...placeIn(whole.stack)].join('\n'),
    set: (value: string) => {
      own = value;
    },
  };
  Object.defineProperty(error, 'stack', stack);
}

/** The first frame outside of this library, if there is one. */
function placeIn(stack: unknown): string[] {
  const frames = typeof stack === 'string' ? stack.split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const place = frames.find((frame) => !frame.includes(`${OWN_FILES}${sep}`) && !NOT_THE_USER.test(frame));
  return place === undefined ? [] : [place];
}
